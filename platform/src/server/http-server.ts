import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { LIMITS } from './http-limits.js';
import type { Logger } from './logger.js';

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The id under which a request is found in every log: the caller's x-request-id when it is a sane one, else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

const REASONS: Record<number, { code: string; message: string }> = {
  413: { code: 'PAYLOAD_TOO_LARGE', message: `The body is larger than ${LIMITS.bodyBytes} bytes.` },
  415: { code: 'BAD_REQUEST', message: 'Send the operation as application/json.' },
};

/** An answer for what is not GraphQL yet: a body that can't be read, an address that isn't there. */
const errorBody = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });

/**
 * A fastify server with Plaza's limits: sane time-outs, a bounded body, JSON errors in GraphQL's shape, and
 * `x-request-id` in and out.
 */
export function createHttpServer(logger: Logger): FastifyInstance {
  const server = fastify({
    logger: false,
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMilliseconds,
    connectionTimeout: 0,
    keepAliveTimeout: LIMITS.keepAliveMilliseconds,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    // an address that can't be read, or is too long: fastify's own answer repeats it
    frameworkErrors: (_error, request, reply) => {
      void (reply as FastifyReply)
        .header('x-request-id', request.id)
        .code(400)
        .send(errorBody('BAD_REQUEST', 'The address could not be read.'));
    },
  });
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  if (logger.isLevelEnabled('info')) server.addHook('onResponse', logRequest(logger));
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      logger.error({ error, requestId: request.id }, 'a request failed');
      return reply.code(status).send(errorBody('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.'));
    }
    const reason = REASONS[status] ?? { code: 'BAD_REQUEST', message: readableMessage(error) };
    if (status === 413) {
      await discard(request.raw);
      reply.header('connection', 'close');
    }
    return reply.code(status).send(errorBody(reason.code, reason.message));
  });
  server.setNotFoundHandler((_request, reply) => {
    void reply
      .code(404)
      .send(errorBody('NOT_FOUND', 'Nothing lives at this address; the graph is at /graphql.'));
  });
  return server;
}

// the route and not the address: that may hold what a caller asked for
const logRequest =
  (logger: Logger) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const route = request.routeOptions.url ?? 'none';
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    logger.info(
      { requestId: request.id, method: request.method, route, status: reply.statusCode, milliseconds },
      'a request was answered',
    );
    done();
  };

// A client that is still sending when the connection closes never sees the answer: read on, up to a point.
async function discard(request: IncomingMessage): Promise<void> {
  let rest: number = LIMITS.discardedBytes;
  const late = setTimeout(() => request.destroy(), LIMITS.discardMilliseconds);
  try {
    for await (const chunk of request) {
      rest -= (chunk as Buffer).length;
      if (rest < 0) break;
    }
  } catch {
    // the client has gone; there is nobody to answer
  } finally {
    clearTimeout(late);
  }
}

const readableMessage = (error: FastifyError): string =>
  error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY'
    ? 'The body is not valid JSON.'
    : error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY'
      ? 'The body is empty.'
      : 'The request could not be read.';
