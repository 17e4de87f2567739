import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { unauthenticated } from '@plaza/platform/errors';
import { sealCursor } from '@plaza/platform/events/cursor';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import type { Viewer } from '@plaza/platform/viewer';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Accounts } from '../accounts.js';
import { Documents } from '../documents.js';
import { attachWebSocket, type AttachedWebSocket } from '../websocket/web-socket.js';
import { openGarage, type Garage } from './garage.js';

const TICKETS = 'subscription ($after: String) { ticketChanged(after: $after) { cursor ticket { id } } }';
/** What the garage's schema says of ticketChanged, without a location. */
const EVERY_TICKET = { types: ['ticket.entered', 'ticket.closed'], locationId: null };
const LIMITS = {
  initMilliseconds: 1_000,
  pingMilliseconds: 1_000,
  messageBytes: 4_096,
};

let garage: Garage;
let server: Server;
let attached: AttachedWebSocket;
let accounts: Accounts;
let url: string;
let valid = new Map<string, Viewer>();
let clients: Client[] = [];

beforeAll(async () => {
  garage = await openGarage();
});
async function authenticate(authorization: string | undefined): Promise<Viewer | null> {
  if (authorization === undefined) return null;
  const viewer = valid.get(authorization);
  if (!viewer) throw unauthenticated('Sign in again.');
  return viewer;
}

async function serve(port = 0): Promise<number> {
  server = createServer();
  accounts = new Accounts(authenticate, silent);
  attached = attachWebSocket(server, {
    schema: garage.graph.schema,
    documents: new Documents(),
    subscriptions: garage.subscriptions,
    execute: (request, context) => garage.executor.execute(request, context),
    accounts,
    logger: silent,
    limits: LIMITS,
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function stopServing(): Promise<void> {
  await attached.close();
  await new Promise((resolve) => server.close(resolve));
}

beforeEach(async () => {
  valid = new Map([['Bearer good', garage.viewer]]);
  url = `ws://127.0.0.1:${await serve()}/graphql`;
});
afterEach(async () => {
  for (const client of clients) await client.dispose();
  clients = [];
  await stopServing();
});
afterAll(() => garage.close());

function client(authorization: string | undefined = 'Bearer good', retryAttempts = 0): Client {
  const made = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: authorization ? { authorization } : {},
    retryAttempts,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
    shouldRetry: () => true,
    lazyCloseTimeout: 0,
  });
  clients.push(made);
  return made;
}

/** Everything that one operation yields, and how it ends. */
function collect(by: Client, query: string, variables: Record<string, unknown> = {}) {
  const frames: unknown[] = [];
  const waiting: (() => void)[] = [];
  const ended = new Promise<unknown>((resolve) => {
    by.subscribe(
      { query, variables },
      {
        next: (frame) => {
          frames.push(frame);
          waiting.forEach((wake) => wake());
        },
        error: resolve,
        complete: () => resolve('complete'),
      },
    );
  });
  const count = async (wanted: number) => {
    while (frames.length < wanted) await new Promise<void>((resolve) => waiting.push(resolve));
    return frames;
  };
  return { frames, ended, count };
}

/** A socket without a client library; resolves to the code and reason of its end. */
function rawSocket(...messages: (string | Buffer)[]) {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  socket.on('open', () => messages.forEach((message) => socket.send(message)));
  const ended = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  return { socket, ended };
}

/** Variables that make a subscription begin here, whenever its client gets round to it. */
async function fromHere(): Promise<Record<string, unknown>> {
  const { tenantId } = garage.viewer;
  const { position, epoch } = await garage.feed.head(tenantId);
  return { after: sealCursor(garage.secrets, { tenantId, position, epoch, filter: EVERY_TICKET }) };
}

const passes = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('a stock client follows tickets and reads with queries on one socket', async () => {
  const by = client();
  const tickets = collect(by, TICKETS, await fromHere());
  const [id] = await garage.happens({ locationId: garage.locationId });
  const [frame] = await tickets.count(1);
  expect(frame).toMatchObject({
    data: { ticketChanged: { ticket: { id } } },
    extensions: { cursor: expect.any(String) },
  });
  const query = collect(by, 'query ($id: ID!) { location(id: $id) { name } }', { id: garage.locationId });
  expect(await query.ended).toBe('complete');
  expect(query.frames).toEqual([{ data: { location: { name: 'Harbour' } } }]);
  expect(attached.connections).toBe(1);
});

test('a restart closes with 1012, and a client that carries its cursor misses nothing', async () => {
  const by = client('Bearer good', 50);
  const variables = await fromHere();
  const seen: string[] = [];
  by.subscribe<{ ticketChanged: { cursor: string; ticket: { id: string } } }>(
    { query: TICKETS, variables },
    {
      next: ({ data }) => {
        variables.after = data?.ticketChanged.cursor;
        seen.push(data?.ticketChanged.ticket.id ?? '');
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  const closed = new Promise<number>((resolve) =>
    by.on('closed', (event) => resolve((event as CloseEvent).code)),
  );
  const written = await garage.happens({ locationId: garage.locationId });
  while (seen.length < 1) await passes(10);
  const { port } = server.address() as AddressInfo;
  await stopServing();
  expect(await closed).toBe(1012);
  written.push(
    ...(await garage.happens({ locationId: garage.locationId }, { locationId: garage.locationId })),
  );
  await serve(port);
  while (seen.length < written.length) await passes(20);
  expect(seen).toEqual(written);
});

test.each([
  ['a document that does not parse', 'subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
  ['a field that is not there', 'subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['a forged cursor', TICKETS, { after: 'forged' }, 'BAD_USER_INPUT'],
  [
    'a root field that a variable leaves out',
    'subscription ($y: Boolean!) { ticketChanged @include(if: $y) { type } }',
    { y: false },
    'BAD_USER_INPUT',
  ],
])('%s is an error of that operation only; the socket stays', async (_what, query, variables, code) => {
  const by = client();
  let closed = 0;
  by.on('closed', () => (closed += 1));
  const running = collect(by, TICKETS, await fromHere());
  const failed = collect(by, query, variables);
  expect(await failed.ended).toEqual([expect.objectContaining({ message: expect.any(String) })]);
  expect(await failed.ended).toMatchObject([{ extensions: { code } }]);
  await garage.happens({ locationId: garage.locationId });
  await running.count(1);
  expect(closed).toBe(0);
});

test.each([undefined, 'C', ''])(
  'of two operations %p names none: the refusal has a code',
  async (operationName) => {
    const query = 'query A { location(id: "1") { name } } subscription B { ticketChanged { cursor } }';
    const refused = await new Promise((resolve) =>
      client().subscribe(
        { query, operationName },
        { next: () => undefined, error: resolve, complete: () => resolve('complete') },
      ),
    );
    expect(refused).toEqual([
      expect.objectContaining({ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }),
    ]);
  },
);

test('an anonymous client may connect, but gets nothing that needs a viewer', async () => {
  const refused = collect(client(''), TICKETS);
  expect(await refused.ended).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a credential that is not valid closes the socket with 4403 and the reason', async () => {
  expect(await collect(client('Bearer bad'), TICKETS).ended).toMatchObject({
    code: 4403,
    reason: 'Sign in again.',
  });
});

test('when a credential stops working, or means less than before, its sockets are closed', async () => {
  const revoked = collect(client(), TICKETS, await fromHere());
  await garage.happens({ locationId: garage.locationId });
  await revoked.count(1);
  valid.clear();
  await accounts.recheck();
  expect(await revoked.ended).toMatchObject({ code: 4403, reason: 'Your access has ended.' });
  valid.set('Bearer good', garage.viewer);
  const reduced = collect(client(), TICKETS, await fromHere());
  await garage.happens({ locationId: garage.locationId });
  await reduced.count(1);
  valid.set('Bearer good', { ...garage.viewer, scopes: [] });
  await accounts.recheck();
  expect(await reduced.ended).toMatchObject({
    code: 4403,
    reason: 'Your permissions have changed: connect again.',
  });
});

test('a subprotocol that is not ours is refused with 4406', async () => {
  const socket = new WebSocket(url, 'graphql-ws');
  const ended = new Promise((resolve) => {
    socket.on('close', resolve);
    socket.on('error', resolve);
  });
  expect(String(await ended)).toMatch(/4406|no subprotocol/);
});

test.each([
  ['a client that never sends connection_init', [], 4408],
  ['text that is no JSON', ['{'], 4400],
  ['a message of no known type', ['{"type":"steal"}'], 4400],
  ['a message that only a server sends', ['{"type":"next","id":"1","payload":{}}'], 4400],
  ['an operation before connection_init', ['{"id":"1","type":"subscribe","payload":{"query":"{a}"}}'], 4401],
  ['a second connection_init', ['{"type":"connection_init"}', '{"type":"connection_init"}'], 4429],
  ['a message longer than the limit', ['x'.repeat(5_000)], 1009],
  ['a credential that is no text', ['{"type":"connection_init","payload":{"authorization":{"a":1}}}'], 4403],
])('%s is closed with a code that says so', async (_what, messages, code) => {
  const { ended } = rawSocket(...messages);
  expect((await ended).code).toBe(code);
});

test('a client that stops answering pings is cut off', async () => {
  const { socket, ended } = rawSocket('{"type":"connection_init"}');
  await new Promise((resolve) => socket.on('open', resolve));
  socket.pause();
  while (attached.connections > 0) await passes(100);
  socket.resume();
  expect((await ended).code).toBe(1006);
});

test('a socket runs a hundred operations at once and no more', async () => {
  const by = client();
  const variables = await fromHere();
  const running = Array.from({ length: 100 }, () => collect(by, TICKETS, variables));
  expect(await collect(by, TICKETS).ended).toMatchObject([
    { message: 'This socket has 100 operations open, as many as may be: end one first.' },
  ]);
  const [{ extensions }] = (await collect(by, TICKETS).ended) as [{ extensions: unknown }];
  // waiting alone makes no room
  expect(extensions).toEqual({ code: 'RATE_LIMITED', limit: 100 });
  await garage.happens({ locationId: garage.locationId });
  await Promise.all(running.map((one) => one.count(1)));
});

test('an upgrade at another address is answered with 404', async () => {
  const stream = connect((server.address() as AddressInfo).port, '127.0.0.1');
  stream.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [answer] = (await new Promise<Buffer[]>((resolve) =>
    stream.once('data', (data) => resolve([data])),
  )) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 404 Not Found/);
  stream.destroy();
});

test('a client that leaves without a word leaves no subscription behind', async () => {
  const by = client();
  const tickets = collect(by, TICKETS, await fromHere());
  await garage.happens({ locationId: garage.locationId });
  await tickets.count(1);
  by.terminate();
  await tickets.ended;
  while (attached.connections > 0) await passes(10);
  const before = garage.fetched.length;
  await garage.happens({ locationId: garage.locationId });
  await passes(300);
  expect(garage.fetched.length).toBe(before);
});

test('an id that is used again tells of the newer subscription only', async () => {
  const variables = await fromHere();
  const { socket } = rawSocket('{"type":"connection_init","payload":{"authorization":"Bearer good"}}');
  const frames: { id: string; payload: { data: object } }[] = [];
  const subscribe = (name: string, variables: object) => ({
    id: 'x',
    type: 'subscribe',
    payload: { query: TICKETS.replace('ticketChanged', `${name}: ticketChanged`), variables },
  });
  const acknowledged = new Promise<void>((resolve) =>
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString()) as { type: string; id: string; payload: { data: object } };
      if (message.type === 'connection_ack') resolve();
      if (message.type === 'next') frames.push(message);
    }),
  );
  await acknowledged;
  for (const message of [subscribe('a', variables), { id: 'x', type: 'complete' }, subscribe('b', variables)])
    socket.send(JSON.stringify(message));
  for (let event = 0; event < 3; event += 1) await garage.happens({ locationId: garage.locationId });
  while (frames.length < 3) await passes(10);
  expect(frames.map(({ payload }) => Object.keys(payload.data))).toEqual([['b'], ['b'], ['b']]);
  socket.terminate();
  while (garage.subscriptions.counts.subscriptions > 0) await passes(10);
});

test('a client that takes no answers is not read from', async () => {
  const { socket } = rawSocket('{"type":"connection_init"}');
  await new Promise((resolve) => socket.once('message', resolve));
  socket.pause();
  const much = JSON.stringify({ type: 'ping', payload: { much: 'x'.repeat(3_000) } });
  for (let ping = 0; ping < 20_000; ping += 1) socket.send(much);
  let waiting = Infinity;
  while (socket.bufferedAmount < waiting) {
    waiting = socket.bufferedAmount;
    await passes(500);
  }
  expect(waiting).toBeGreaterThan(10_000_000);
  socket.terminate();
});
