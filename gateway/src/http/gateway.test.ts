import { systemClock } from '@plaza/platform/clock';
import { createLogger } from '@plaza/platform/server/logger';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { createGateway, type Gateway } from '../gateway.js';
import { carParkSchemas, carParkSupergraph, recordingSources } from '../../tests/fixtures/car-park.js';
import { makeCredentials, type Credentials } from '../../tests/fixtures/credentials.js';

let database: TestDatabase;
let credentials: Credentials;
let gateway: Gateway;
let url: string;
const lines: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  credentials = await makeCredentials(database);
  gateway = await createGateway({
    supergraphSdl: carParkSupergraph(),
    sources: recordingSources(carParkSchemas()),
    database: database.database('gateway'),
    clock: systemClock,
    logger: createLogger('gateway', 'debug', { write: (line: string) => void lines.push(line) }),
    eventLag: () => Promise.resolve({ waiting: 2, seconds: 0.5 }),
  });
  url = `http://127.0.0.1:${await gateway.listen(0, '127.0.0.1')}`;
});
afterAll(async () => {
  await gateway.close();
  await credentials.close();
  await database.drop();
});

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

async function send(init: RequestInit, path = '/graphql'): Promise<Answer> {
  const response = await fetch(url + path, init);
  const text = await response.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Pick<Answer, 'data' | 'errors'>;
  const { data, errors } = body;
  return { status: response.status, headers: response.headers, text, data, errors };
}

const post = (body: unknown, headers: Record<string, string> = {}) =>
  send({
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const ask = (query: string, token?: string, variables?: object) =>
  post({ query, variables }, token === undefined ? {} : { authorization: `Bearer ${token}` });

const TICKETS = '{ tickets(first: 1) { code due { amount } } open { name } }';

test('an access token opens what its roles allow', async () => {
  const { status, data, errors } = await ask(TICKETS, await credentials.accessToken(['VIEWER']));
  expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  expect(data).toEqual({
    tickets: [{ code: 'code-a', due: { amount: '2.50' } }],
    open: { name: 'Location 1' },
  });
});

test('an API key opens what its scopes allow, and names the one that is missing', async () => {
  const key = await credentials.apiKey(['locations:read']);
  expect((await ask('{ location(id: 1) { name } }', key)).data).toEqual({ location: { name: 'Location 1' } });
  const { status, errors } = await ask('{ tickets { id } }', key);
  expect(status).toBe(200);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requiredScopes: ['tickets:read'] });
});

test('a revoked session is UNAUTHENTICATED within a second', async () => {
  const token = await credentials.accessToken(['OWNER']);
  expect((await ask(TICKETS, token)).status).toBe(200);
  await credentials.revokeSessions();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { status, errors } = await ask(TICKETS, token);
  expect([status, errors?.[0]?.extensions]).toEqual([401, { code: 'UNAUTHENTICATED' }]);
});

test.each(['nonsense', 'plz_live_unknown', 'a.b.c'])(
  'the credential %s is refused with 401',
  async (credential) => {
    const { status, data, errors } = await ask('{ open { id } }', credential);
    expect([status, data, errors?.[0]?.extensions.code]).toEqual([401, undefined, 'UNAUTHENTICATED']);
  },
);

test.each([
  ['{"query": "{ open', 400, 'BAD_REQUEST'],
  ['', 400, 'BAD_REQUEST'],
  ['null', 400, 'BAD_REQUEST'],
  ['[]', 400, 'BAD_REQUEST'],
  ['{}', 400, 'BAD_REQUEST'],
  ['{"query": 1}', 400, 'BAD_REQUEST'],
  ['[{"query": "{ open { id } }"}]', 400, 'BAD_REQUEST'],
  ['{"query": "{ open { id "}', 400, 'GRAPHQL_PARSE_FAILED'],
  ['{"query": "{ nope }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
  [`{"query": "${'{ a '.repeat(1000)}${'}'.repeat(1000)}"}`, 400, 'COST_LIMIT_EXCEEDED'],
  [`{"query": "{ a(x: ${'['.repeat(1500)}1${']'.repeat(1500)}) }"}`, 400, 'GRAPHQL_VALIDATION_FAILED'],
  [`{"query": "{ ${'a '.repeat(6000)}}"}`, 400, 'GRAPHQL_PARSE_FAILED'],
  [
    '{"query": "query Q($n: Int!) { locations(first: $n) { id } }", "variables": {"n": "x"}}',
    400,
    'BAD_USER_INPUT',
  ],
  [`{"query": "{ open # ${'x'.repeat(20_000_000)} }"}`, 413, 'PAYLOAD_TOO_LARGE'],
])('the body %.40j gets a clear error, and the gateway goes on', async (body, expected, code) => {
  const { status, errors, headers } = await post(body);
  expect([status, errors?.[0]?.extensions.code]).toEqual([expected, code]);
  expect(headers.get('content-type')).toContain('json');
  expect((await ask('{ open { id } }')).status).toBe(200);
});

test('a document that fills the parser’s stack is nested too deeply', async () => {
  const { status, errors } = await post({ query: `{ a(x: ${'['.repeat(4900)}` });
  expect([status, errors]).toEqual([
    400,
    [{ message: 'The document is nested too deeply.', extensions: { code: 'COST_LIMIT_EXCEEDED' } }],
  ]);
});

test('an answer that may hold too many objects is refused before anything is fetched', async () => {
  const query = 'query Q($n: Int) { tickets(first: $n) { history { history { history { id } } } } }';
  const { status, data, errors } = await ask(query, undefined, { n: 100 });
  expect([status, data, errors?.[0]?.extensions]).toEqual([
    400,
    undefined,
    { code: 'COST_LIMIT_EXCEEDED', cost: 111_100, limit: 10_000 },
  ]);
  const token = await credentials.accessToken(['OWNER']);
  expect((await ask(query, token, { n: 1 })).errors).toBeUndefined();
});

test.each([
  ['mutation M($input: EnterInput!) { enter(input: $input) { __typename } }', { input: { plate: 'A\0' } }],
  ['mutation { enter(input: { plate: "A\\u0000", locationId: "1" }) { __typename } }', {}],
])('text that no database can keep is refused with the field: %s', async (query, variables) => {
  const { status, errors } = await ask(query, undefined, variables);
  expect([status, errors?.[0]?.extensions]).toEqual([400, { code: 'BAD_USER_INPUT', field: 'plate' }]);
});

test('an error says neither where in our code nor in which database it arose', async () => {
  const { text } = await ask('{ fails failsHard nope: places { id } }');
  expect(text).toContain('INTERNAL_SERVER_ERROR');
  expect(text).not.toMatch(/select|secret|stack|\.ts|serviceName|node_modules/);
});

test('a request that a foreign page could send without asking is refused', async () => {
  const get = `/graphql?query=${encodeURIComponent('{ open { id } }')}`;
  expect((await send({ method: 'GET' }, get)).status).toBe(400);
  expect((await send({ method: 'GET', headers: { 'apollo-require-preflight': '1' } }, get)).data).toEqual({
    open: { id: '1' },
  });
  expect((await post('{"query":"{ open { id } }"}', { 'content-type': 'text/plain' })).status).toBe(415);
});

test('a mutation by GET is refused', async () => {
  const mutation = `/graphql?query=${encodeURIComponent('mutation { leave(id: "a") { id } }')}`;
  expect((await send({ method: 'GET', headers: { 'apollo-require-preflight': '1' } }, mutation)).status).toBe(
    405,
  );
});

test('a request id goes in, and out again, and into the log', async () => {
  const { headers } = await post({ query: '{ fails }' }, { 'x-request-id': 'trace-7' });
  expect(headers.get('x-request-id')).toBe('trace-7');
  expect((await ask('{ open { id } }')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('health, metrics and keys are there', async () => {
  expect((await send({}, '/health/live')).status).toBe(200);
  const ready = await send({}, '/health/ready');
  expect([ready.status, JSON.parse(ready.text)]).toEqual([
    200,
    {
      status: 'ready',
      database: true,
      eventLog: { waiting: 2, lagSeconds: 0.5 },
      subgraphs: { spaces: true, tickets: true, payments: true },
    },
  ]);
  const metrics = await send({}, '/metrics');
  expect(metrics.text).toContain('plaza_subgraph_fetch_seconds_count{subgraph="spaces",outcome="ok"}');
  expect(metrics.text).toContain('plaza_event_log_lag_seconds 0.5');
  expect(metrics.text).toMatch(/plaza_refused_credentials_total [1-9]/);
  const { keys } = JSON.parse((await send({}, '/.well-known/jwks.json')).text) as { keys: object[] };
  expect(keys).toEqual([expect.objectContaining({ alg: 'EdDSA', use: 'sig', kty: 'OKP' })]);
  expect(JSON.stringify(keys)).not.toContain('"d"');
});

test('nothing that a caller sent stands in the log', async () => {
  await ask(
    'mutation M($i: EnterInput!) { enter(input: $i) { __typename } fails: leave(id: "x") { broken } }',
    undefined,
    {
      i: { plate: 'M-AB 1234', locationId: '1' },
    },
  );
  await ask('{ fails }', 'plz_live_secret');
  expect(lines.join('\n')).not.toMatch(/M-AB 1234|plz_live_secret/);
});

test('a page of any other origin may ask, and never with cookies', async () => {
  const origin = 'https://frontend.example';
  const preflight = await send({
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
  const { headers } = await post({ query: '{ __typename }' }, { origin });
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
});
