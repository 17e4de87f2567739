import { connect } from 'node:net';
import { closeServer } from './close-server.js';
import { createHttpServer, requestIdOf } from './http-server.js';
import { createLogger } from './logger.js';

const lines: string[] = [];
const server = createHttpServer(
  createLogger('test', 'debug', { write: (line: string) => void lines.push(line) }),
);
server.post('/echo', (request) => ({ got: request.body }));
server.get('/named/:name', () => ({}));
server.get('/fails', () => Promise.reject(new Error('select secret')));
server.get('/hangs', () => new Promise(() => undefined));
let url: string;

beforeAll(async () => {
  url = await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => closeServer(server));

const post = async (body: string, type = 'application/json') => {
  const response = await fetch(`${url}/echo`, { method: 'POST', body, headers: { 'content-type': type } });
  return {
    status: response.status,
    body: (await response.json()) as { errors?: { message: string; extensions: object }[] },
  };
};

test('a body of 20 MB is answered with 413 and the server goes on', async () => {
  const { status, body } = await post(`"${'x'.repeat(20_000_000)}"`);
  expect(status).toBe(413);
  expect(body.errors?.[0]?.extensions).toEqual({ code: 'PAYLOAD_TOO_LARGE' });
  expect((await post('{"a":1}')).status).toBe(200);
});

test.each([
  ['{"a":', 'The body is not valid JSON.'],
  ['', 'The body is empty.'],
  ['{"__proto__": {"admin": true}}', 'The body is not valid JSON.'],
])('the body %j is answered with 400 and a reason', async (text, message) => {
  const { status, body } = await post(text);
  expect(status).toBe(400);
  expect(body.errors?.[0]).toEqual({ message, extensions: { code: 'BAD_REQUEST' } });
});

test('another content type is answered with 415', async () => {
  expect((await post('{}', 'text/plain')).status).toBe(415);
});

test('a failure inside is masked, logged with its request id, and the id goes back to the caller', async () => {
  const response = await fetch(`${url}/fails`, { headers: { 'x-request-id': 'req-1' } });
  expect(response.status).toBe(500);
  expect(response.headers.get('x-request-id')).toBe('req-1');
  expect(await response.text()).not.toContain('select');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({ requestId: 'req-1' }),
  );
});

test.each(['/echo/%00%ff', `/named/${'x'.repeat(300)}`])(
  'the address %s is answered with 400 in our words',
  async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { 'x-request-id': 'req-2' } });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-request-id')).toBe('req-2');
    expect(await response.json()).toEqual({
      errors: [{ message: 'The address could not be read.', extensions: { code: 'BAD_REQUEST' } }],
    });
  },
);

test('an unknown address is answered in JSON', async () => {
  const response = await fetch(`${url}/nope`);
  expect([response.status, await response.json()]).toMatchObject([
    404,
    { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
  ]);
});

test('each request is one line of the log, with its route and not its address', async () => {
  lines.length = 0;
  await fetch(`${url}/fails?plate=AB1234`, { headers: { 'x-request-id': 'trace-8' } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const answered = lines.filter((line) => line.includes('a request was answered'));
  expect(answered.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({
      level: 'info',
      requestId: 'trace-8',
      method: 'GET',
      route: '/fails',
      status: 500,
      milliseconds: expect.any(Number),
    }),
  ]);
  expect(answered.join()).not.toContain('AB1234');
});

test('above the level info no request is logged', async () => {
  const quiet: string[] = [];
  const other = createHttpServer(
    createLogger('test', 'warn', { write: (line: string) => void quiet.push(line) }),
  );
  other.get('/', () => 'fine');
  expect((await other.inject('/')).statusCode).toBe(200);
  expect(quiet).toEqual([]);
  await other.close();
});

test('a request id that could poison a log is replaced', () => {
  expect(requestIdOf('a\nb')).toMatch(/^[0-9a-f-]{36}$/);
  expect(requestIdOf('x'.repeat(200))).toHaveLength(36);
  expect(requestIdOf(undefined)).toHaveLength(36);
  expect(requestIdOf('trace-1')).toBe('trace-1');
});

test('closing does not wait for requests that hang and sockets that say nothing', async () => {
  const other = createHttpServer(createLogger('test', 'silent'));
  other.get('/hangs', () => new Promise(() => undefined));
  await other.listen({ port: 0, host: '127.0.0.1' });
  const { port } = other.server.address() as { port: number };
  const silent = connect(port, '127.0.0.1');
  silent.on('error', () => undefined);
  const hanging = fetch(`http://127.0.0.1:${port}/hangs`).catch(() => 'closed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const started = Date.now();
  await closeServer(other);
  expect(await hanging).toBe('closed');
  expect(Date.now() - started).toBeLessThan(4000);
});
