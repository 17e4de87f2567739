import { Secrets } from '@plaza/platform/secrets';
import { createLogger } from '@plaza/platform/server/logger';
import { Opened } from '@plaza/platform/server/opened';
import { stopOnSignals } from '@plaza/platform/server/shutdown';
import { startOrExplain } from '@plaza/platform/server/start';
import type { FastifyInstance } from 'fastify';
import { readDistributedConfig } from './config.js';
import { RemoteSource } from './data-sources/remote-source.js';
import { ViewerTokens } from './data-sources/viewer-tokens.js';
import { demoTable } from './demo/demo-table.js';
import { loadDemo } from './demo/load-demo.js';
import { startEventLog } from './event-log.js';
import { forwardToPayments } from './http/forward.js';
import type { ReadyInfo } from './playground/ready-info.js';
import { serve } from './serve.js';
import { VERSION } from './version.js';

// The distributed topology's gateway: five subgraphs over HTTP, named by the settings *_URL.

await startOrExplain(async () => {
  const config = readDistributedConfig();
  const opened = new Opened();
  stopOnSignals(() => opened.close());
  const logger = createLogger('gateway', config.logLevel);
  const secrets = new Secrets(config.secret);
  const viewerTokens = new ViewerTokens(secrets);
  const sources = Object.fromEntries(
    Object.entries(config.subgraphUrls).map(([name, url]) => [
      name,
      new RemoteSource({ name, url, viewerTokens, logger }),
    ]),
  );
  const eventLog = await startEventLog(
    config.databaseUrl,
    secrets,
    logger,
    opened,
    config.eventRetentionDays,
  );
  const ready: ReadyInfo = { version: VERSION, topology: 'distributed', logins: [] };
  const routes = (server: FastifyInstance) =>
    forwardToPayments(server, new URL(config.subgraphUrls.payments!).origin);
  const port = await serve(
    { config, secrets, logger, eventLog, sources, readyInfo: () => ready, routes },
    opened,
  );
  const url = `http://localhost:${port}`;
  if (config.demo) Object.assign(ready, await loadDemo(url, config.dataFolder));
  process.stdout.write(`Plaza is ready at ${url}\n${demoTable(ready)}`);
});
