import { COMPONENTS } from '@plaza/gateway/embedded/components';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { migrate } from '@plaza/platform/database/migrate';
import { Secrets } from '@plaza/platform/secrets';
import { keptSecret } from '@plaza/platform/server/deployment-secret';
import { assertPortFree } from '@plaza/platform/server/free-port';
import { Opened } from '@plaza/platform/server/opened';
import { onStopSignal } from '@plaza/platform/server/shutdown';
import { startOrExplain } from '@plaza/platform/server/start';
import { readStartSettings } from './config.js';
import { Child, type ChildPlan } from './distributed/child.js';
import { planGateway, planSubgraphs, type Deployment } from './distributed/plans.js';

// npm run start:distributed: what docker-compose.yml describes, without containers: a database, its migrations,
// five subgraphs and the gateway, each a process of its own, spoken to over HTTP.

/** Closed from the last to the first: the gateway, the subgraphs, the database when nobody uses it any more. */
const opened = new Opened();
let ending = false;

function end(exitCode: number): void {
  if (ending) return;
  ending = true;
  void opened.close().finally(() => process.exit(exitCode));
}

/** Starts processes side by side; answers the address of each by its name. */
async function startTogether(plans: ChildPlan[]): Promise<Map<string, string>> {
  const children = plans.map((plan) => new Child(plan, process.env));
  opened.add(() => Promise.all(children.map((child) => child.stop())));
  const urls = await Promise.all(children.map(async (child) => [child.name, await child.ready()] as const));
  for (const child of children) {
    void child.ended.then((how) => {
      if (ending) return;
      console.error(`${child.name} ended (${how}): stopping the others.`);
      end(1);
    });
  }
  return new Map(urls);
}

async function start(): Promise<void> {
  const settings = readStartSettings();
  await assertPortFree(settings.PORT, settings.HOST);
  const secret = settings.PLAZA_SECRET ?? (await keptSecret(settings.PLAZA_DATA_DIR));
  let adminUrl = settings.DATABASE_URL;
  if (adminUrl === undefined) {
    const database = await startEmbeddedPostgres({ folder: settings.databaseFolder });
    opened.add(() => database.stop());
    adminUrl = database.url;
  }
  await migrate(adminUrl, new Secrets(secret), COMPONENTS);
  const deployment: Deployment = {
    adminUrl,
    secret,
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.PLAZA_LOG_LEVEL,
    dataFolder: settings.PLAZA_DATA_DIR,
    demo: settings.PLAZA_DEMO === 'on',
  };
  const subgraphs = await startTogether(planSubgraphs(deployment));
  const gateway = await startTogether([planGateway(deployment, subgraphs)]);
  process.stdout.write(`Plaza is ready at ${gateway.get('gateway')}\n`);
}

onStopSignal(() => end(0));
await startOrExplain(async () => {
  try {
    await start();
  } catch (error) {
    // what fails because of a Ctrl-C during the start is not worth a sentence
    if (ending) return;
    ending = true;
    await opened.close();
    throw error;
  }
});
