import { connect } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import WebSocket from 'ws';
import { PlazaClient } from './plaza/client.js';
import { registerOrganization, type Organization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

let database: TestDatabase;
let plaza: RunningPlaza;
let client: PlazaClient;
let own: Organization;

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database);
  own = await registerOrganization(plaza.url);
  client = own.client;
}, 60_000);
afterEach(async () => {
  // whatever was sent, the server goes on
  expect(await new PlazaClient(plaza.url).ask('{ __typename }')).toEqual({ __typename: 'Query' });
});
afterAll(async () => {
  await plaza.stop();
  await database.drop();
});

const ENTRY = `mutation ($input: RecordEntryInput!) { recordEntry(input: $input) { __typename ... on Problem { message } } }`;
const UNKNOWN_ID = '0198c1a2-0000-7000-8000-00000000dead';

test('an unknown id is null in a query and NOT_FOUND in a command', async () => {
  const answer = await client.ask(
    `{ ticket(id: "${UNKNOWN_ID}") { id } location(id: "${UNKNOWN_ID}") { id } }`,
  );
  expect(answer).toEqual({ ticket: null, location: null });
  const entry = await client.send(ENTRY, {
    input: { locationId: UNKNOWN_ID, plate: 'AB1234', vehicleKind: 'CAR' },
  });
  expect(entry.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
});

test.each(['', 'x', '1 or 1=1', '../../etc/passwd', `${UNKNOWN_ID}'--`])('the id %j is no id', async (id) => {
  const query = await client.send('query ($id: ID!) { ticket(id: $id) { id } }', { id });
  expect(query.data?.ticket ?? null).toBeNull();
  const entry = await client.send(ENTRY, { input: { locationId: id, plate: 'AB1234', vehicleKind: 'CAR' } });
  expect(entry.errors?.[0]?.extensions?.code).toMatch(/^(BAD_USER_INPUT|NOT_FOUND)$/);
  expect(query.text + entry.text).not.toMatch(/uuid|syntax|select|stack/i);
});

test('a plate of 10,000 characters is BAD_USER_INPUT for the field plate', async () => {
  const input = { locationId: own.locationId, plate: 'A'.repeat(10_000), vehicleKind: 'CAR' };
  const { errors } = await client.send(ENTRY, { input });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'plate' });
});

test.each([
  ['plate', { plate: 17 }],
  ['vehicleKind', { vehicleKind: 'BICYCLE' }],
  ['enteredAt', { enteredAt: 'yesterday' }],
])('a value that its type refuses is BAD_USER_INPUT for the field %s', async (field, wrong) => {
  const input = { locationId: own.locationId, plate: 'AB1234', vehicleKind: 'CAR', ...wrong };
  const { errors } = await client.send(ENTRY, { input });
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
});

test('an instant in the document that is none names its field', async () => {
  const { status, errors } = await client.send('{ tickets(enteredFrom: "yesterday") { totalCount } }');
  expect({ status, extensions: errors?.[0]?.extensions }).toEqual({
    status: 400,
    extensions: { code: 'BAD_USER_INPUT', field: 'enteredFrom' },
  });
});

test('an exit before its entry is BAD_USER_INPUT for the field exitedAt', async () => {
  const entered = await client.ask(
    `mutation ($input: RecordEntryInput!) { recordEntry(input: $input) { ... on VehicleEntered { ticket { id enteredAt } } } }`,
    { input: { locationId: own.locationId, plate: 'EXIT1', vehicleKind: 'CAR' } },
  );
  const { id, enteredAt } = entered.recordEntry.ticket;
  const { errors } = await client.send(
    `mutation ($input: RecordExitInput!) { recordExit(input: $input) { __typename } }`,
    { input: { ticketId: id, exitedAt: new Date(Date.parse(enteredAt) - 60_000).toISOString() } },
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'exitedAt' });
});

test('a document nested 1,000 deep is refused before it is planned', async () => {
  const nested = `{ viewer ${'{ organization '.repeat(1000)}{ id }${' }'.repeat(1000)} }`;
  const { status, errors } = await client.send(nested);
  expect(status).toBe(400);
  expect(errors?.[0]?.message).toMatch(/deep/i);
});

test('a body of 20 MB is refused with 413', async () => {
  const { status, errors } = await client.post(
    JSON.stringify({ query: `{ __typename # ${'x'.repeat(20_000_000)} }` }),
  );
  expect(status).toBe(413);
  expect(errors?.[0]?.message).toMatch(/large/i);
});

test.each(['{"query": "{ __typename }"', '', 'null', '[]', '"text"', '{"query": 1}', '{}'])(
  'the body %j is refused with 400',
  async (body) => {
    const { status, errors } = await client.post(body);
    expect(status).toBe(400);
    expect(errors?.[0]?.message).toEqual(expect.any(String));
  },
);

test('a document with 1,000 aliases of one field is refused', async () => {
  const aliases = Array.from({ length: 1000 }, (_, index) => `a${index}: viewer { organization { id } }`);
  expect((await client.send(`{ ${aliases.join(' ')} }`)).status).toBe(400);
});

test('a token that is none is UNAUTHENTICATED', async () => {
  for (const token of ['nonsense', 'plz_live_nonsense', 'a.b.c', 'Bearer', 'x'.repeat(5000)]) {
    const { errors } = await client.as(token).send('{ viewer { organization { id } } }');
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  }
});

const closing = (socket: WebSocket) =>
  new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));

test('a websocket that never sends connection_init is closed with 4408', async () => {
  const socket = new WebSocket(`${plaza.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  expect(await closing(socket)).toBe(4408);
});

test('a websocket that sends no protocol message is closed with 4400', async () => {
  const socket = new WebSocket(`${plaza.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.once('open', () => socket.send('what?'));
  expect(await closing(socket)).toBe(4400);
});

test('a websocket message of 10 MB closes its own socket only', async () => {
  const socket = new WebSocket(`${plaza.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.once('open', () => socket.send('x'.repeat(10_000_000)));
  socket.on('error', () => undefined);
  expect([1006, 1009]).toContain(await closing(socket));
});

test('bytes that are no HTTP are answered with 400', async () => {
  const { hostname, port } = new URL(plaza.url);
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write('\x16\x03\x01\x02\x00\r\n\r\n'));
    socket.once('data', (bytes) => resolve(bytes.toString()));
    socket.once('close', () => resolve(''));
  });
  expect(answer).toMatch(/^(HTTP\/1\.1 400|$)/);
});
