import { systemClock } from '@plaza/platform/clock';
import { forgetHourly } from '@plaza/platform/database/retention';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from '@plaza/platform/server/logger';
import type { Opened } from '@plaza/platform/server/opened';
import type { FastifyInstance } from 'fastify';
import { AccessChanges } from './authentication/access-changes.js';
import type { Authenticator } from './authentication/authenticator.js';
import type { GatewayConfig } from './config.js';
import type { EventLog } from './event-log.js';
import type { SubgraphSource } from './execution/subgraph-source.js';
import { createGateway, readSupergraph } from './gateway.js';
import type { ReadyInfo } from './playground/ready-info.js';
import { registerPlayground } from './playground/register-playground.js';
import { Accounts } from './subscriptions/accounts.js';
import { Documents } from './subscriptions/documents.js';
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions.js';
import { serveEventStreams } from './subscriptions/server-sent-events/server-sent-events.js';
import { attachWebSocket } from './subscriptions/websocket/web-socket.js';

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
  const subscriptions = new FederatedSubscriptions({
    graph,
    operations,
    executor,
    sources,
    feed: eventLog.feed,
    secrets,
    logger,
    ...config.subscriptions,
  });
  const accounts = await watchAccess(authenticator, eventLog.url, logger, opened);
  const transport = { schema: graph.schema, documents: new Documents(), subscriptions, execute, accounts };
  const streams = serveEventStreams(server, transport);
  opened.add(() => Promise.resolve(streams.close()));
  const sockets = attachWebSocket(server.server, { ...transport, logger });
  opened.add(() => sockets.close());
  metrics.gauge('plaza_websockets', 'Open websockets.', () => sockets.connections);
  metrics.gauge('plaza_event_streams', 'Open streams of server-sent events.', () => streams.connections);
  metrics.gauge('plaza_subscriptions', 'Open subscriptions.', () => subscriptions.counts.subscriptions);
  metrics.gauge(
    'plaza_subscription_executions',
    'What is executed for the open subscriptions: identical ones share one execution.',
    () => subscriptions.counts.executions,
  );
  return gateway.listen(config.port, config.host);
}

/** Who revokes a session, a key or a role is heard within moments; what nobody told of, a token's end, within this time. */
const RECHECK_MS = 10_000;

/** The open connections of this process, which end when their credentials do. */
async function watchAccess(
  authenticator: Authenticator,
  url: string,
  logger: Logger,
  opened: Opened,
): Promise<Accounts> {
  const accounts = new Accounts((authorization) => authenticator.authenticate(authorization), logger);
  const changes = new AccessChanges({
    url,
    logger,
    onChange: (concerns) => {
      authenticator.forget();
      void accounts.recheck(concerns);
    },
  });
  await changes.start();
  opened.add(() => changes.close());
  const regularly = setInterval(() => void accounts.recheck(), RECHECK_MS).unref();
  opened.add(() => Promise.resolve(clearInterval(regularly)));
  return accounts;
}
