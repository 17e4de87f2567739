import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { COMPONENTS } from '@plaza/gateway/embedded/components';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { migrate } from '@plaza/platform/database/migrate';
import { roleUrl } from '@plaza/platform/database/roles';
import { Secrets } from '@plaza/platform/secrets';
import { keptSecret } from '@plaza/platform/server/deployment-secret';
import { startOrExplain } from '@plaza/platform/server/start';
import { readStartSettings } from './config.js';
import { Child, type ChildPlan } from './distributed/child.js';

// npm run start:distributed: what docker-compose.yml describes, without containers: a database, its migrations,
// five subgraphs and the gateway, each a process of its own, spoken to over HTTP.

const SUBGRAPHS = ['identity', 'spaces', 'tickets', 'payments', 'partners'] as const;

/** Stopped from the last to the first: the gateway before the subgraphs, the database when nobody uses it. */
const running: { stop(): Promise<void> }[] = [];
let stopping: Promise<void> | undefined;

async function stopAll(): Promise<void> {
  for (let group = running.pop(); group !== undefined; group = running.pop()) await group.stop();
}

function end(exitCode: number): void {
  stopping ??= stopAll().then(() => process.exit(exitCode));
}

async function startTogether(plans: ChildPlan[]): Promise<void> {
  const children = plans.map((plan) => new Child(plan, process.env));
  running.push({ stop: async () => void (await Promise.all(children.map((child) => child.stop()))) });
  for (const child of children) {
    void child.ended.then((how) => {
      if (stopping === undefined) console.error(`${child.name} ended (${how}): stopping the others.`);
      end(1);
    });
  }
  await Promise.all(children.map((child) => child.ready()));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

await startOrExplain(async () => {
  process.once('SIGINT', () => end(0));
  process.once('SIGTERM', () => end(0));
  const settings = readStartSettings();
  const secret = settings.PLAZA_SECRET ?? (await keptSecret(settings.PLAZA_DATA_DIR));
  let adminUrl = settings.DATABASE_URL;
  if (adminUrl === undefined) {
    const database = await startEmbeddedPostgres({ folder: settings.databaseFolder });
    running.push(database);
    adminUrl = database.url;
  }
  const secrets = new Secrets(secret);
  try {
    await migrate(adminUrl, secrets, COMPONENTS);
    const urls: Record<string, string> = {};
    const subgraphs: ChildPlan[] = [];
    for (const name of SUBGRAPHS) {
      const port = await freePort();
      urls[`${name.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/graphql`;
      subgraphs.push({
        name,
        file: `subgraphs/${name}/src/main.ts`,
        environment: {
          PORT: String(port),
          HOST: '127.0.0.1',
          DATABASE_URL: roleUrl(adminUrl, secrets, name),
          PLAZA_SECRET: secret,
        },
        ready: { port, path: '/health/ready' },
      });
    }
    await startTogether(subgraphs);
    const port = settings.PORT === 0 ? await freePort() : settings.PORT;
    await startTogether([
      {
        name: 'gateway',
        file: 'gateway/src/main.ts',
        environment: {
          ...urls,
          PORT: String(port),
          DATABASE_URL: roleUrl(adminUrl, secrets, 'gateway'),
          PLAZA_SECRET: secret,
        },
        ready: { port, path: '/health/ready' },
      },
    ]);
    console.log(`Plaza is ready at http://localhost:${port}`);
  } catch (error) {
    // a child's own sentence is printed already; this one says which child it was
    stopping ??= Promise.resolve();
    await stopAll();
    throw error;
  }
});
