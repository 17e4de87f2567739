import { request } from 'node:http';
import cors from '@fastify/cors';
import { unauthenticated } from '@plaza/platform/errors';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import { createHttpServer } from '@plaza/platform/server/http-server';
import type { Viewer } from '@plaza/platform/viewer';
import type { FastifyInstance } from 'fastify';
import { createClient, type Client } from 'graphql-sse';
import { Accounts } from '../accounts.js';
import { Documents } from '../documents.js';
import { serveEventStreams, type EventStreams } from '../server-sent-events/server-sent-events.js';
import { openGarage, type Garage } from './garage.js';

const TICKETS = 'subscription ($after: String) { ticketChanged(after: $after) { cursor ticket { id } } }';

let garage: Garage;
let server: FastifyInstance;
let streams: EventStreams;
let accounts: Accounts;
let url: string;
let valid: Map<string, Viewer>;
const clients: Client[] = [];

beforeAll(async () => {
  garage = await openGarage();
});
beforeEach(async () => {
  valid = new Map([['Bearer good', garage.viewer]]);
  await serve();
});
afterEach(async () => {
  for (const each of clients.splice(0)) each.dispose();
  await stopServing();
});
afterAll(() => garage.close());

async function serve(port = 0): Promise<void> {
  server = createHttpServer(silent);
  await server.register(cors, { origin: '*' });
  accounts = new Accounts(async (authorization) => {
    if (authorization === undefined) return null;
    const viewer = valid.get(authorization);
    if (!viewer) throw unauthenticated('Sign in again.');
    return viewer;
  }, silent);
  streams = serveEventStreams(server, {
    documents: new Documents(),
    subscriptions: garage.subscriptions,
    execute: (operation, context) => garage.executor.execute(operation, context),
    accounts,
    limits: { streams: 3, keepAliveMilliseconds: 50 },
  });
  await server.listen({ port, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(server.addresses()[0] as { port: number }).port}/graphql/stream`;
}

async function stopServing(): Promise<void> {
  streams.close();
  await server.close();
}

function client(retryAttempts = 0): Client {
  const made = createClient({
    url,
    headers: { authorization: 'Bearer good' },
    retryAttempts,
    retry: () => new Promise((resolve) => setTimeout(resolve, 50)),
  });
  clients.push(made);
  return made;
}

interface Result {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the operation selects
  data?: any;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
  extensions?: { cursor?: string };
}

async function take(iterator: AsyncIterator<unknown>): Promise<Result> {
  return ((await iterator.next()) as { value: Result }).value;
}

/** A plain POST: the status, and the body as far as it comes. */
function post(body: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const sent = request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      sent.on('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

test('a stock client follows events, and its stream is let go when it leaves', async () => {
  const following = client().iterate({ query: TICKETS });
  const next = take(following);
  await follows();
  const [id] = await garage.happens({ locationId: garage.locationId });
  const { data, extensions } = await next;
  expect(data.ticketChanged.ticket.id).toBe(id);
  expect(extensions?.cursor).toBe(data.ticketChanged.cursor);
  await following.return?.();
  await until(() => streams.connections === 0 && garage.subscriptions.counts.subscriptions === 0);
});

test('a stream that breaks off is resumed by the client from its cursor, without a loss', async () => {
  const variables: { after?: string } = {};
  const seen: string[] = [];
  const following = client(100).iterate({ query: TICKETS, variables });
  const taking = (async () => {
    for await (const { data } of following as AsyncIterable<Result>) {
      seen.push(data.ticketChanged.ticket.id as string);
      variables.after = data.ticketChanged.cursor as string;
      if (seen.length === 3) return;
    }
  })();
  await follows();
  const ids = await garage.happens({ locationId: garage.locationId });
  await until(() => seen.length === 1);
  const { port } = new URL(url);
  await stopServing();
  ids.push(...(await garage.happens({ locationId: garage.locationId }, { locationId: garage.locationId })));
  await serve(Number(port));
  await taking;
  expect(seen).toEqual(ids);
});

test('a query is answered by one event, and the stream is complete', async () => {
  const asking = client().iterate({
    query: 'query ($id: ID!) { location(id: $id) { name } }',
    variables: { id: garage.locationId },
  });
  expect((await take(asking)).data).toEqual({ location: { name: 'Harbour' } });
  expect((await asking.next()).done).toBe(true);
});

test.each([
  ['{', 'GRAPHQL_PARSE_FAILED'],
  ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['query { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
  ['query A { __typename } subscription B { ticketChanged { cursor } }', 'OPERATION_RESOLUTION_FAILURE'],
  ['subscription { ticketChanged(after: "forged") { cursor } }', 'BAD_USER_INPUT', { field: 'after' }],
])('%s is answered by its error, and the stream is complete', async (query, code, more: object = {}) => {
  const asking = client().iterate({ query });
  expect((await take(asking)).errors).toEqual([expect.objectContaining({ extensions: { code, ...more } })]);
  expect((await asking.next()).done).toBe(true);
});

test('what is no request, and who is not signed in, is refused before a stream begins', async () => {
  expect((await post('[]')).status).toBe(400);
  expect((await post('{"query":1}')).text).toContain('BAD_REQUEST');
  const stranger = await post(JSON.stringify({ query: TICKETS }), { authorization: 'Bearer bad' });
  expect(stranger.status).toBe(401);
  expect(stranger.text).toContain('UNAUTHENTICATED');
});

test('a credential that stops working breaks off its streams; the stream has the headers of the site', async () => {
  const broken = new Promise<string>((resolve) => {
    const sent = request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer good',
        origin: 'http://page.test',
      },
    });
    sent.on('response', (response) => {
      expect(response.headers['access-control-allow-origin']).toBe('*');
      expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      response.once('data', (chunk: Buffer) => expect(chunk.toString()).toBe(':\n\n'));
      response.on('error', () => resolve('broken'));
      response.resume();
    });
    sent.end(JSON.stringify({ query: TICKETS }));
  });
  await follows();
  valid.clear();
  await accounts.recheck();
  expect(await broken).toBe('broken');
  await until(() => garage.subscriptions.counts.subscriptions === 0);
});

test('there are so many streams and no more', async () => {
  const open = [client(), client(), client()].map((each) => each.iterate({ query: TICKETS }));
  const waiting = open.map((each) => each.next());
  await until(() => streams.connections === 3);
  const refused = await post(JSON.stringify({ query: TICKETS }));
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('This process has 3 streams open, as many as may be: try again.');
  for (const each of open) await each.return?.();
  await Promise.allSettled(waiting);
});

/** Waits until a subscription follows the log: it is counted before it has looked where the log ends. */
const follows = () => until(() => garage.subscriptions.counts.executions === 1);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
