import type { FastifyInstance } from 'fastify';
import type { SubgraphSource } from '../execution/subgraph-source.js';

/** What `/health/ready` looks at. */
export interface HealthChecks {
  sources: Record<string, SubgraphSource>;
  /** Resolves when the database answers. */
  pingDatabase(): Promise<void>;
  /** The event log's unnumbered events: how many, and the age of the oldest in seconds. */
  eventLag(): Promise<{ waiting: number; seconds: number }>;
  /** True as soon as the gateway is on its way down. */
  stopping(): boolean;
}

const PATIENCE_MILLISECONDS = 3000;

/** `/health/live`: the process answers. `/health/ready`: everything it stands on does too; 503 when not. */
export function registerHealth(server: FastifyInstance, checks: HealthChecks): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const names = Object.keys(checks.sources);
    const [database, eventLag, ...ready] = await Promise.all([
      within(checks.pingDatabase().then(() => true)),
      within(checks.eventLag()),
      ...names.map((name) => within(checks.sources[name]?.ready() ?? Promise.resolve(false))),
    ]);
    const subgraphs = Object.fromEntries(names.map((name, index) => [name, ready[index] === true]));
    const isReady = !checks.stopping() && database === true && ready.every((one) => one === true);
    reply.code(isReady ? 200 : 503);
    return {
      status: isReady ? 'ready' : checks.stopping() ? 'stopping' : 'not ready',
      database: database === true,
      eventLog: eventLag ? { waiting: eventLag.waiting, lagSeconds: eventLag.seconds } : null,
      subgraphs,
    };
  });
}

// what hangs is not ready
async function within<Result>(check: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([check, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
