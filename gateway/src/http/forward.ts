import type { IncomingHttpHeaders } from 'node:http';
import { VIEWER_HEADER } from '@plaza/platform/viewer-token';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Dispatcher, Pool } from 'undici';

const TIMEOUT_MILLISECONDS = 30_000;
const PASSED_BACK = ['content-type', 'content-disposition', 'cache-control', 'x-content-type-options'];

/** What a header says about one connection, not about the request; and what only a gateway may say to a subgraph. */
const NOT_PASSED_ON = new Set([
  'host',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'content-length',
  VIEWER_HEADER,
]);

/**
 * Answers the addresses that the subgraph payments has beside its graph with what the server at `origin` answers to them,
 * for where it runs in another process: GET /receipts/:token, and POST /providers/:name/notices with the bytes and the
 * headers as they came.
 */
export function forwardToPayments(server: FastifyInstance, origin: string): void {
  const pool = new Pool(origin, {
    connections: 8,
    headersTimeout: TIMEOUT_MILLISECONDS,
    bodyTimeout: TIMEOUT_MILLISECONDS,
  });
  server.addHook('onClose', () => pool.close());

  server.get<{ Params: { token: string } }>('/receipts/:token', async ({ id, params }, reply) => {
    const path = `/receipts/${encodeURIComponent(params.token)}`;
    // a link opens what it opens by itself: no credential is passed on
    return passBack(reply, await pool.request({ method: 'GET', path, headers: { 'x-request-id': id } }));
  });

  void server.register((scope, _options, registered) => {
    // a signature is over the bytes, so that nobody may read them before
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post<{ Params: { name: string } }>('/providers/:name/notices', async (request, reply) => {
      const path = `/providers/${encodeURIComponent(request.params.name)}/notices`;
      const headers = { ...passedOn(request.headers), 'x-request-id': request.id };
      const body = Buffer.isBuffer(request.body) ? request.body : undefined;
      return passBack(reply, await pool.request({ method: 'POST', path, headers, body }));
    });
    registered();
  });
}

/** A provider signs in a header of its own choice, so that all are passed on but those of the connection. */
const passedOn = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.has(name)));

function passBack(reply: FastifyReply, answer: Dispatcher.ResponseData): FastifyReply {
  for (const name of PASSED_BACK) {
    const value = answer.headers[name];
    if (value !== undefined) void reply.header(name, value);
  }
  return reply.code(answer.statusCode).send(answer.body);
}
