import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { z } from 'zod';
import { systemClock } from '../clock.js';
import type { LoginRole } from '../database/component.js';
import { Database } from '../database/database.js';
import { forgetHourly } from '../database/retention.js';
import { roleUrl } from '../database/roles.js';
import { sql } from '../database/sql.js';
import { Doorbell } from '../events/doorbell.js';
import type { RequestContext } from '../graphql/context.js';
import { Secrets } from '../secrets.js';
import { readSettings } from '../settings.js';
import type { Subgraph, SubgraphDeps } from '../subgraph.js';
import { VIEWER_HEADER, verifyViewer } from '../viewer-token.js';
import { createApollo } from './apollo.js';
import { closeServer } from './close-server.js';
import { executeSubgraph } from './execute-subgraph.js';
import { serveGraphQL } from './graphql-route.js';
import { createHttpServer } from './http-server.js';
import { createLogger, type Logger, type LogLevel } from './logger.js';
import { PROCESS_SETTINGS } from './process-settings.js';
import { stopOnSignals } from './shutdown.js';
import { startOrExplain } from './start.js';

/** The settings of a subgraph that runs alone. */
export interface SubgraphConfig {
  port: number;
  host: string;
  /** Any login of the database; the subgraph uses the server and database named there, and its own role. */
  databaseUrl: string;
  secret: string;
  logLevel: LogLevel;
}

/** Reads them from the environment. Throws SettingsError for a wrong one. */
export function readSubgraphConfig(environment?: Record<string, string | undefined>): SubgraphConfig {
  const shape = z.object({ ...PROCESS_SETTINGS, HOST: PROCESS_SETTINGS.HOST.default('0.0.0.0') });
  const given = readSettings(shape, environment);
  return {
    port: given.PORT,
    host: given.HOST,
    databaseUrl: given.DATABASE_URL,
    secret: given.PLAZA_SECRET,
    logLevel: given.PLAZA_LOG_LEVEL,
  };
}

/** A subgraph that serves GraphQL to the gateway. */
export interface RunningSubgraph {
  port: number;
  stop(): Promise<void>;
}

/**
 * Runs one subgraph in this process until SIGTERM or SIGINT: POST /graphql for the gateway, /health/live and
 * /health/ready. A start that fails prints one sentence and ends the process with exit code 1.
 */
export async function runSubgraph(
  name: LoginRole,
  create: (deps: SubgraphDeps) => Promise<Subgraph>,
  readConfig: () => SubgraphConfig = readSubgraphConfig,
): Promise<void> {
  await startOrExplain(async () => {
    const config = readConfig();
    const running = await startSubgraph(name, create, config);
    stopOnSignals(() => running.stop());
    process.stdout.write(`The subgraph ${name} is ready at http://localhost:${running.port}/graphql\n`);
  });
}

/** Starts one subgraph and resolves when it listens. */
export async function startSubgraph(
  name: LoginRole,
  create: (deps: SubgraphDeps) => Promise<Subgraph>,
  config: SubgraphConfig,
): Promise<RunningSubgraph> {
  const logger = createLogger(name, config.logLevel);
  const secrets = new Secrets(config.secret);
  const url = roleUrl(config.databaseUrl, secrets, name);
  const doorbell = new Doorbell({ url, logger });
  const database = new Database({ url, applicationName: `plaza ${name}`, afterCommit: doorbell.ring });
  try {
    await doorbell.start();
    const subgraph = await create({ database, databaseUrl: url, clock: systemClock, secrets, logger });
    const server = createHttpServer(logger);
    const apollo = await serveSubgraph(server, subgraph, secrets, logger);
    registerHealth(server, database);
    subgraph.routes?.(server);
    await server.listen({ port: config.port, host: config.host });
    await subgraph.start?.();
    const forgetting = (subgraph.forgettable ?? []).map((table) => forgetHourly(database, table, logger));
    return {
      port: (server.server.address() as { port: number }).port,
      async stop() {
        forgetting.forEach((stop) => stop());
        await closeServer(server);
        await apollo.stop();
        await subgraph.close?.();
        await doorbell.close();
        await database.close();
      },
    };
  } catch (error) {
    await doorbell.close();
    await database.close();
    throw error;
  }
}

/** The most tokens of an operation that the planner may have written: `_entities` with the fields of a large query. */
const MAX_TOKENS = 20_000;

async function serveSubgraph(
  server: FastifyInstance,
  subgraph: Subgraph,
  secrets: Secrets,
  logger: Logger,
): Promise<ApolloServer<RequestContext>> {
  const apollo = await createApollo<RequestContext>({
    schema: subgraph.schema,
    execute: async ({ document, variables }, context) =>
      (await executeSubgraph(subgraph, document, variables, context, logger)) as ExecutionResult,
    validates: false,
    maxTokens: MAX_TOKENS,
    logger,
  });
  serveGraphQL(server, apollo, async (request) =>
    subgraph.context(await viewerOf(request, secrets), request.id),
  );
  return apollo;
}

async function viewerOf(request: FastifyRequest, secrets: Secrets) {
  const token = request.headers[VIEWER_HEADER];
  return typeof token === 'string' ? verifyViewer(secrets, token) : null;
}

function registerHealth(server: FastifyInstance, database: Database): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    try {
      await database.read({ tenantId: null }, (tx) => tx.run(sql`select 1`));
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'not ready', database: false });
    }
  });
}
