import { readFile } from 'node:fs/promises';
import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { createApollo } from '@plaza/platform/server/apollo';
import { closeServer } from '@plaza/platform/server/close-server';
import { createHttpServer } from '@plaza/platform/server/http-server';
import type { Logger } from '@plaza/platform/server/logger';
import type { FastifyInstance } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { AccessTokens } from './authentication/access-token.js';
import { ApiKeys } from './authentication/api-keys.js';
import { Authenticator } from './authentication/authenticator.js';
import { PublicKeys } from './authentication/public-keys.js';
import { isSessionLive, readPublicKeys } from './contract/identity.js';
import { findApiKey } from './contract/partners.js';
import { Executor, type OperationRequest } from './execution/executor.js';
import type { CallContext, SubgraphSource } from './execution/subgraph-source.js';
import { loadGraph, type Graph } from './graph/graph.js';
import { Operations } from './graph/prepare.js';
import { DOCUMENT_LIMITS } from './limits/document-limits.js';
import { KeptAnswers } from './kept-answers/kept-answers.js';
import { registerHealth } from './http/health.js';
import { Metrics } from './http/metrics.js';
import { registerRoutes } from './http/routes.js';

/** The composed graph, as it is committed. */
export const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);

export interface GatewayOptions {
  supergraphSdl: string;
  /** The way to each subgraph, by its name in the supergraph. */
  sources: Record<string, SubgraphSource>;
  /** The database, as the role plaza_gateway. */
  database: Database;
  clock: Clock;
  logger: Logger;
  /** The event log's unnumbered events: how many, and the age of the oldest in seconds. */
  eventLag(): Promise<{ waiting: number; seconds: number }>;
}

/** The one door to the graph, ready to listen; subscriptions and pages are added to it by whoever starts it. */
export interface Gateway {
  server: FastifyInstance;
  /** The ways to the subgraphs, timed for the metrics. */
  sources: Record<string, SubgraphSource>;
  graph: Graph;
  operations: Operations;
  executor: Executor;
  /** Answers a query or mutation; a command that comes again under its keys gets its first answer. */
  execute: (request: OperationRequest, context: CallContext) => Promise<ExecutionResult>;
  authenticator: Authenticator;
  metrics: Metrics;
  /** Starts listening on `port` (0: a free one) and returns the port. */
  listen(port: number, host: string): Promise<number>;
  /** Lets running requests end, then closes every connection and every source. */
  close(): Promise<void>;
}

/** Builds the gateway. Throws when the supergraph joins a subgraph that `sources` does not have. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { database, clock, logger } = options;
  const graph = loadGraph(options.supergraphSdl);
  const metrics = new Metrics();
  const sources: Record<string, SubgraphSource> = {};
  for (const name of graph.subgraphNames) {
    const source = options.sources[name];
    if (!source) throw new Error(`The supergraph joins the subgraph ${name}, for which there is no source.`);
    sources[name] = metrics.measured(name, source);
  }
  const operations = new Operations(graph);
  const executor = new Executor(graph, operations, sources, logger);
  const keptAnswers = new KeptAnswers(operations, database, logger);
  const execute = async (request: OperationRequest, context: CallContext): Promise<ExecutionResult> =>
    keptAnswers.first(request, context, await executor.execute(request, context));
  const publicKeys = new PublicKeys(() => readPublicKeys(database));
  const authenticator = new Authenticator({
    accessTokens: new AccessTokens(publicKeys, (sessionId) => isSessionLive(database, sessionId), clock),
    apiKeys: new ApiKeys((secretHash) => findApiKey(database, secretHash), clock),
  });
  const apollo = await createApollo<CallContext>({
    schema: graph.schema,
    execute,
    // once for each document, after the limits have been checked
    validates: true,
    maxTokens: DOCUMENT_LIMITS.tokens,
    logger,
  });
  const server = createHttpServer(logger);
  let stopping = false;
  await registerRoutes(server, { apollo, authenticator, publicKeys, metrics });
  registerHealth(server, {
    sources,
    pingDatabase: () =>
      database.read({ tenantId: null }, async (tx) => void (await tx.one(sql`select 1 as one`))),
    eventLag: () => options.eventLag(),
    stopping: () => stopping,
  });
  metrics.gauge(
    'plaza_event_log_lag_seconds',
    'The age of the oldest event without a position.',
    async () => {
      return (await options.eventLag()).seconds;
    },
  );
  return {
    server,
    sources,
    graph,
    operations,
    executor,
    execute,
    authenticator,
    metrics,
    async listen(port, host) {
      await server.listen({ port, host });
      const address = server.server.address();
      return typeof address === 'object' && address ? address.port : port;
    },
    async close() {
      stopping = true;
      await closeServer(server);
      await apollo.stop();
      await Promise.all(Object.values(sources).map((source) => source.close()));
    },
  };
}

/** The supergraph of this build. */
export const readSupergraph = (): Promise<string> => readFile(SUPERGRAPH, 'utf8');
