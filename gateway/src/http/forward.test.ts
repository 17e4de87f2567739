import { createHttpServer } from '@plaza/platform/server/http-server';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { forward } from './forward.js';

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
  forward(door, '/receipts/', await listen(behind));
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
