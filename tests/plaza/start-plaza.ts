import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET } from '@plaza/platform/testing/test-cluster';
import type { TestDatabase } from '@plaza/platform/testing/test-database';
import { TOPOLOGY } from './config.js';

const ENTRY = {
  embedded: 'gateway/src/embedded.ts',
  distributed: 'scripts/start-distributed.ts',
} as const;
export type Topology = keyof typeof ENTRY;

/** The folder of this project's files. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A running Plaza: real processes over a test database, spoken to over HTTP and sockets only. */
export interface RunningPlaza {
  url: string;
  /** What it has printed so far. */
  output(): string;
  /** Ends it in order, as Ctrl-C does unless told; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it as a power cut does: SIGKILL to the whole process group. */
  kill(): Promise<void>;
}

/**
 * Starts the product as `npm start` (or `npm run start:distributed`) does, on a free port, and waits until it is ready.
 * `project` is the folder whose files are run: this one, or a copy of it.
 */
export async function startPlaza(
  database: Pick<TestDatabase, 'adminUrl'>,
  environment: Record<string, string> = {},
  project?: string,
): Promise<RunningPlaza> {
  return startProcess(
    ENTRY[TOPOLOGY],
    {
      DATABASE_URL: database.adminUrl,
      PLAZA_SECRET: TEST_SECRET,
      PLAZA_DEMO: 'off',
      PORT: '0',
      ...environment,
    },
    project,
  );
}

/** Runs one file of the product and waits until it says where it is ready. Rejects, with what it printed, when it ends before. */
export async function startProcess(
  file: string,
  environment: Record<string, string>,
  project = PROJECT,
): Promise<RunningPlaza> {
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', file], {
    cwd: project,
    // a group of its own, so that a test can end it and all that it started, and nothing else
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
  const printed: string[] = [];
  const url = await ready(child, printed);
  return {
    url,
    output: () => printed.join('\n'),
    async stop(signal = 'SIGINT') {
      if (ended(child)) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      return ((await exited) as [number | null])[0];
    },
    async kill() {
      if (ended(child) || child.pid === undefined) return;
      const exited = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
  };
}

const ended = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

function ready(child: ChildProcess, printed: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        printed.push(line);
        const url = /^(?:Plaza|The subgraph \w+) is ready at (http:\S+)/.exec(line)?.[1];
        if (url) resolve(url);
      });
    }
    child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${printed.join('\n')}`)));
  });
}
