import { join } from 'node:path';
import { systemClock } from '@plaza/platform/clock';
import { Database } from '@plaza/platform/database/database';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { migrate } from '@plaza/platform/database/migrate';
import { forgetHourly } from '@plaza/platform/database/retention';
import { roleUrl } from '@plaza/platform/database/roles';
import { Secrets } from '@plaza/platform/secrets';
import { keptSecret } from '@plaza/platform/server/deployment-secret';
import { assertPortFree } from '@plaza/platform/server/free-port';
import { createLogger, type Logger } from '@plaza/platform/server/logger';
import type { Opened } from '@plaza/platform/server/opened';
import type { Subgraph } from '@plaza/platform/subgraph';
import type { EmbeddedConfig } from '../config.js';
import { demoTable } from '../demo/demo-table.js';
import { loadDemo } from '../demo/load-demo.js';
import { InProcessSource } from '../data-sources/in-process-source.js';
import { startEventLog, type EventLog } from '../event-log.js';
import type { ReadyInfo } from '../playground/ready-info.js';
import { serve } from '../serve.js';
import { VERSION } from '../version.js';
import { COMPONENTS } from './components.js';
import { SUBGRAPH_NAMES, SUBGRAPHS } from './subgraphs.js';

/** Starts the database, the five subgraphs and the gateway in this process and says so on stdout. */
export async function startEmbedded(config: EmbeddedConfig, opened: Opened): Promise<void> {
  const logger = createLogger('plaza', config.logLevel);
  await assertPortFree(config.port, config.host);
  const adminUrl = config.databaseUrl ?? (await startDatabase(config, opened));
  const secrets = new Secrets(config.secret ?? (await keptSecret(config.dataFolder)));
  await migrate(adminUrl, secrets, COMPONENTS);
  const eventLog = await startEventLog(adminUrl, secrets, logger, opened, config.eventRetentionDays);
  const subgraphs = await createSubgraphs(adminUrl, secrets, logger, eventLog, opened);
  const sources = Object.fromEntries(
    subgraphs.map((subgraph) => [subgraph.name, new InProcessSource(subgraph, logger)]),
  );
  const ready: ReadyInfo = { version: VERSION, topology: 'embedded', logins: [] };
  const port = await serve(
    {
      config,
      secrets,
      logger,
      eventLog,
      sources,
      readyInfo: () => ready,
      routes: (server) => subgraphs.forEach((subgraph) => subgraph.routes?.(server)),
    },
    opened,
  );
  for (const subgraph of subgraphs) await subgraph.start?.();
  const url = `http://localhost:${port}`;
  if (config.demo) Object.assign(ready, await loadDemo(url, config.dataFolder));
  process.stdout.write(`Plaza is ready at ${url}\n${demoTable(ready)}`);
}

async function startDatabase(config: EmbeddedConfig, opened: Opened): Promise<string> {
  const postgres = await startEmbeddedPostgres({ folder: join(config.dataFolder, 'postgres') });
  opened.add(() => postgres.stop());
  return postgres.url;
}

async function createSubgraphs(
  adminUrl: string,
  secrets: Secrets,
  logger: Logger,
  { doorbell }: EventLog,
  opened: Opened,
): Promise<Subgraph[]> {
  return Promise.all(
    SUBGRAPH_NAMES.map(async (name) => {
      const databaseUrl = roleUrl(adminUrl, secrets, name);
      const database = new Database({
        url: databaseUrl,
        applicationName: `plaza ${name}`,
        afterCommit: doorbell.ring,
      });
      opened.add(() => database.close());
      const subgraph = await SUBGRAPHS[name]({
        database,
        databaseUrl,
        clock: systemClock,
        secrets,
        logger: logger.child({ subgraph: name }),
      });
      for (const table of subgraph.forgettable ?? []) {
        const stop = forgetHourly(database, table, logger);
        opened.add(() => Promise.resolve(stop()));
      }
      return subgraph;
    }),
  );
}
