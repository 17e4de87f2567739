import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { keptSecret } from '@plaza/platform/server/deployment-secret';
import { onStopSignal } from '@plaza/platform/server/shutdown';
import { startOrExplain } from '@plaza/platform/server/start';
import { readStartSettings } from './config.js';

// npm run dev: everything in one process, restarted at every change of its source. The database is held here,
// so a restart takes a second.

const NODE = ['--import', '@swc-node/register/esm-register', '--enable-source-maps'];
const END_WITH_PARENT = new URL('distributed/end-with-parent.mjs', import.meta.url).href;
const WATCHED = ['platform', 'subgraphs', 'gateway'];
const QUIET_MS = 150;

let plaza: ChildProcess | undefined;
let restarting: Promise<void> = Promise.resolve();

async function stopPlaza(): Promise<void> {
  if (plaza === undefined || plaza.exitCode !== null || plaza.signalCode !== null) return;
  const ended = once(plaza, 'exit');
  plaza.kill('SIGTERM');
  await ended;
}

/** A changed type or resolver may change the graph, which the gateway reads from schema/. */
async function printSchema(): Promise<void> {
  const printer = spawn(process.execPath, [...NODE, 'scripts/schema.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(printer, 'exit');
}

async function restart(environment: NodeJS.ProcessEnv, changed: string): Promise<void> {
  console.log(`-- ${changed} changed: restarting`);
  await stopPlaza();
  if (changed.includes('graphql')) await printSchema();
  startPlaza(environment);
}

function startPlaza(environment: NodeJS.ProcessEnv): void {
  plaza = spawn(process.execPath, [...NODE, '--import', END_WITH_PARENT, 'gateway/src/embedded.ts'], {
    env: environment,
    // a group of its own: Ctrl-C is for this process, which stops Plaza first and the database last
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  plaza.once('exit', (code) => {
    if (code !== 0) console.log('-- Plaza ended: waiting for a change');
  });
}

await startOrExplain(async () => {
  const settings = readStartSettings();
  const database = settings.DATABASE_URL
    ? undefined
    : await startEmbeddedPostgres({ folder: settings.databaseFolder });
  const environment = {
    ...process.env,
    DATABASE_URL: settings.DATABASE_URL ?? database?.url,
    PLAZA_SECRET: settings.PLAZA_SECRET ?? (await keptSecret(settings.PLAZA_DATA_DIR)),
  };
  startPlaza(environment);

  let timer: NodeJS.Timeout | undefined;
  for (const folder of WATCHED) {
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file?.endsWith('.ts') || file.endsWith('.test.ts') || file.includes('node_modules')) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        restarting = restarting.then(() => restart(environment, join(folder, file)));
      }, QUIET_MS);
    });
  }
  onStopSignal(() => {
    clearTimeout(timer);
    void restarting
      .then(stopPlaza)
      .then(() => database?.stop())
      .then(() => process.exit(0));
  });
});
