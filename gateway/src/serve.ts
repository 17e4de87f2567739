import { systemClock } from '@plaza/platform/clock';
import { forgetHourly } from '@plaza/platform/database/retention';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from '@plaza/platform/server/logger';
import type { Opened } from '@plaza/platform/server/opened';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.js';
import type { EventLog } from './event-log.js';
import type { SubgraphSource } from './execution/subgraph-source.js';
import { createGateway, readSupergraph } from './gateway.js';
import type { ReadyInfo } from './playground/ready-info.js';
import { registerPlayground } from './playground/register-playground.js';
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions.js';
import { attachWebSocket } from './subscriptions/web-socket.js';

export interface ServeOptions {
  config: GatewayConfig;
  secrets: Secrets;
  logger: Logger;
  eventLog: EventLog;
  sources: Record<string, SubgraphSource>;
  /** What the welcome page tells; asked at each request. */
  readyInfo(): ReadyInfo;
  /** Adds a topology's own routes before the server listens. */
  routes?(server: FastifyInstance): void;
}

/** Serves the graph over HTTP and graphql-ws, with the playground, and returns the port it listens on. */
export async function serve(options: ServeOptions, opened: Opened): Promise<number> {
  const { config, secrets, logger, eventLog } = options;
  const gateway = await createGateway({
    supergraphSdl: await readSupergraph(),
    sources: options.sources,
    database: eventLog.database,
    clock: systemClock,
    logger,
    eventLag: () => eventLog.sequencer.lag(),
  });
  opened.add(() => gateway.close());
  const stopForgetting = forgetHourly(eventLog.database, 'gateway.kept_answer', logger);
  opened.add(() => Promise.resolve(stopForgetting()));
  const { graph, operations, executor, execute, sources, server, authenticator, metrics } = gateway;
  await registerPlayground(server, { readyInfo: () => options.readyInfo() });
  options.routes?.(server);
  const sockets = attachWebSocket(server.server, {
    schema: graph.schema,
    subscriptions: new FederatedSubscriptions({
      graph,
      operations,
      executor,
      sources,
      feed: eventLog.feed,
      secrets,
      logger,
    }),
    execute,
    authenticate: (authorization) => authenticator.authenticate(authorization),
    logger,
  });
  opened.add(() => sockets.close());
  metrics.gauge('plaza_websockets', 'Open websockets.', () => sockets.connections);
  return gateway.listen(config.port, config.host);
}
