import { createHttpServer } from '@plaza/platform/server/http-server';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { forwardToPayments } from './forward.js';

const logger = pino({ level: 'silent' });
const [behind, door] = [createHttpServer(logger), createHttpServer(logger)];
let asked: Record<string, unknown>;
beforeAll(async () => {
  behind.get<{ Params: { token: string } }>('/receipts/:token', async ({ params, headers }, reply) => {
    asked = headers;
    return reply
      .code(params.token === 'old' ? 410 : 200)
      .type('application/pdf')
      .header('cache-control', 'private, no-store')
      .header('x-secret', 'inside')
      .send(Buffer.from(`pdf of ${params.token}`));
  });
  behind.removeAllContentTypeParsers();
  behind.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  behind.post<{ Params: { name: string } }>(
    '/providers/:name/notices',
    async ({ params, headers, body }, reply) => {
      asked = headers;
      return reply.code(params.name === 'nobody' ? 404 : 200).send({ name: params.name, body: String(body) });
    },
  );
  forwardToPayments(door, await listen(behind));
  await door.ready();
});
afterAll(async () => {
  await door.close();
  await behind.close();
});

const listen = (server: FastifyInstance) => server.listen({ port: 0, host: '127.0.0.1' });
const get = (url: string) =>
  door.inject({ method: 'GET', url, headers: { authorization: 'Bearer secret', 'x-request-id': 'r-1' } });

test('an address of a subgraph in another process is answered by it', async () => {
  const answer = await get('/receipts/abc-_1');
  expect([answer.statusCode, answer.body]).toEqual([200, 'pdf of abc-_1']);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'private, no-store',
  });
  expect(answer.headers['x-secret']).toBeUndefined();
  expect((await get('/receipts/old')).statusCode).toBe(410);
});

test('neither a credential nor another path is passed on', async () => {
  await get('/receipts/abc');
  expect(asked).toMatchObject({ 'x-request-id': 'r-1' });
  expect(asked.authorization).toBeUndefined();
  expect((await get('/receipts/..%2Fgraphql')).body).toBe('pdf of ../graphql');
  expect((await get('/receipts/abc/def')).statusCode).toBe(404);
});

const post = (name: string, payload: string, headers: Record<string, string> = {}) =>
  door.inject({
    method: 'POST',
    url: `/providers/${name}/notices`,
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

test('a notice of a provider arrives byte by byte, with the headers that it was signed in', async () => {
  const body = '{ "id":  "ü" }';
  const answer = await post('sandbox', body, { 'stripe-signature': 't=1,v1=2', authorization: 'Basic eA==' });
  expect([answer.statusCode, answer.json()]).toEqual([200, { name: 'sandbox', body }]);
  expect(asked).toMatchObject({
    'content-type': 'application/json',
    'stripe-signature': 't=1,v1=2',
    authorization: 'Basic eA==',
  });
  expect((await post('nobody', 'x')).statusCode).toBe(404);
  expect((await post('..%2Fgraphql', 'x')).json()).toMatchObject({ name: '../graphql' });
});

test('nobody outside speaks to a subgraph in a viewer’s name', async () => {
  await post('sandbox', '{}', { 'plaza-viewer': 'forged' });
  expect(asked['plaza-viewer']).toBeUndefined();
});
