import type { ServerResponse } from 'node:http';
import { PlazaError } from '@plaza/platform/errors';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { getOperationAST, GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import { z } from 'zod';
import type { OperationRequest } from '../../execution/executor.js';
import type { CallContext } from '../../execution/subgraph-source.js';
import type { Accounts, Connected } from '../accounts.js';
import type { Documents } from '../documents.js';
import type { FederatedSubscriptions } from '../federated-subscriptions.js';
import { Frame } from '../frame.js';
import { withoutHttp } from '../without-http.js';
import { EventStreamOutlet } from './event-stream-outlet.js';

export interface ServerSentEventsOptions {
  documents: Documents;
  subscriptions: Pick<FederatedSubscriptions, 'subscribe'>;
  /** Answers queries and mutations that come here. */
  execute: (request: OperationRequest, context: CallContext) => Promise<ExecutionResult>;
  accounts: Pick<Accounts, 'enter' | 'leave'>;
  limits?: Partial<typeof EVENT_STREAM_LIMITS>;
}

export const EVENT_STREAM_LIMITS = {
  /** How many streams are open at once. */
  streams: 10_000,
  /** How often an empty comment is sent on a quiet stream. */
  keepAliveMilliseconds: 12_000,
};

/** The open streams of server-sent events. */
export interface EventStreams {
  readonly connections: number;
  /** Breaks off every stream, so that its client comes back; new ones are answered with 503. */
  close(): void;
}

const PATH = '/graphql/stream';
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
};

const body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Serves subscriptions, and other operations, as server-sent events at POST /graphql/stream. */
export function serveEventStreams(server: FastifyInstance, options: ServerSentEventsOptions): EventStreams {
  const { documents, subscriptions, execute, accounts } = options;
  const limits = { ...EVENT_STREAM_LIMITS, ...options.limits };
  const open = new Set<EventStreamOutlet>();
  let closing = false;

  server.post(PATH, async (request, reply) => {
    const given = body.safeParse(request.body);
    if (!given.success)
      return refuse(reply, 400, 'BAD_REQUEST', 'Send {query, variables, operationName} as JSON.');
    if (closing || open.size >= limits.streams) {
      const what = closing
        ? 'Plaza restarts'
        : `This process has ${limits.streams} streams open, as many as may be`;
      return refuse(reply, 503, 'RATE_LIMITED', `${what}: try again.`);
    }
    const outlet = new EventStreamOutlet(reply.raw);
    const connected: Connected = { viewer: null, turnAway: () => outlet.interrupt() };
    try {
      await accounts.enter(connected, request.headers.authorization);
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      return refuse(reply, 401, error.code, error.message);
    }
    reply.hijack();
    open.add(outlet);
    reply.raw.once('close', () => {
      open.delete(outlet);
      accounts.leave(connected);
    });
    begin(reply);
    const { query, operationName, variables } = given.data;
    const context: CallContext = { viewer: connected.viewer, requestId: request.id };
    await serve(outlet, query, { operationName, variables }, context, reply.raw);
    return reply;
  });

  const serve = async (
    outlet: EventStreamOutlet,
    query: string,
    rest: Omit<OperationRequest, 'document'>,
    context: CallContext,
    response: ServerResponse,
  ): Promise<void> => {
    const document = documents.parse(query);
    if (document instanceof GraphQLError) return outlet.fail(document);
    const request = { document, ...rest };
    const operation = getOperationAST(document, rest.operationName)?.operation;
    if (operation && operation !== OperationTypeNode.SUBSCRIPTION) {
      outlet.send([new Frame(withoutHttp(await execute(request, context)))]);
      return outlet.complete();
    }
    const begun = await subscriptions.subscribe(request, context, outlet);
    if ('errors' in begun) {
      outlet.send([new Frame({ errors: begun.errors })]);
      return outlet.complete();
    }
    if (response.closed) begun.stop();
    else response.once('close', begun.stop);
  };

  const keepAlive = setInterval(() => {
    for (const outlet of open) outlet.keepAlive();
  }, limits.keepAliveMilliseconds).unref();

  return {
    get connections() {
      return open.size;
    },
    close() {
      closing = true;
      clearInterval(keepAlive);
      for (const outlet of open) outlet.interrupt();
    },
  };
}

/** Sends the head of the stream, with what fastify's plugins have added to it (CORS, the request's id). */
function begin(reply: FastifyReply): void {
  const added = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  reply.raw.writeHead(200, { ...(Object.fromEntries(added) as Record<string, string>), ...HEADERS });
  reply.raw.write(':\n\n');
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}
