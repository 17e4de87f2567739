import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { roleUrl } from '@plaza/platform/database/roles';
import { Secrets } from '@plaza/platform/secrets';
import { environmentWith } from './config.js';

/** A Plaza of the benchmark's own, as `npm start` runs it, over a database that is thrown away afterwards. */
export interface BenchPlaza {
  url: string;
  /** The connection string of a subgraph's role, for the same writes without Plaza. */
  databaseUrl(role: 'tickets' | 'payments'): string;
  stop(): Promise<void>;
}

const PROJECT = join(import.meta.dirname, '..');

/** Starts Postgres, durable as in production, and Plaza as a process of its own, on free ports. */
export async function startPlaza(settings: Record<string, string> = {}): Promise<BenchPlaza> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bench-'));
  const postgres = await startEmbeddedPostgres({ folder });
  const secret = randomBytes(32).toString('hex');
  const removeAll = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true });
  };
  try {
    const plaza = await startChild('gateway/src/embedded.ts', [], /Plaza is ready at (\S+)/, {
      DATABASE_URL: postgres.url,
      PLAZA_DATA_DIR: folder,
      PLAZA_SECRET: secret,
      PORT: '0',
      ...settings,
    });
    return {
      url: plaza.ready,
      databaseUrl: (role) => roleUrl(postgres.url, new Secrets(secret), role),
      stop: async () => {
        await plaza.stop();
        await removeAll();
      },
    };
  } catch (error) {
    await removeAll();
    throw error;
  }
}

/** Another process of the benchmark; `ready` is what its line of readiness captured. */
export interface Child {
  ready: string;
  /** Its stdin. */
  input: Writable;
  stop(): Promise<void>;
}

/** Starts a TypeScript file of the project and waits for a line that matches. Throws with what it printed if it ends. */
export async function startChild(
  file: string,
  args: string[],
  readiness: RegExp,
  environment: Record<string, string> = {},
): Promise<Child> {
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', file, ...args], {
    cwd: PROJECT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environmentWith(environment),
  });
  const exited = once(child, 'exit');
  const printed: string[] = [];
  const ready = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        printed.push(line);
        // What a running server says is of no interest here, and would be kept for ever.
        printed.splice(0, printed.length - 50);
        const [, captured] = readiness.exec(line) ?? [];
        if (captured !== undefined) resolve(captured);
      });
    }
    child.once('exit', () => reject(new Error(`${file} ended before it was ready:\n${printed.join('\n')}`)));
  });
  return {
    ready,
    input: child.stdin,
    async stop() {
      child.kill('SIGINT');
      await exited;
    },
  };
}
