import { spawn } from 'node:child_process';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runAs, type Account } from './account.js';
import { EmbeddedPostgresError } from './error.js';
import { commandLine } from './process-info.js';

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 60_000;
const LOG_LIMIT_BYTES = 10_000_000;

/** What a postmaster is started with. */
export interface PostmasterPlan {
  account: Account;
  /** The server program. */
  program: string;
  /** Postgres's data directory. */
  cluster: string;
  log: string;
  settings: Record<string, string | number>;
}

/**
 * Starts a postmaster and waits until it takes connections; answers its process id.
 * @throws EmbeddedPostgresError with Postgres's own last words
 */
export async function startPostmaster(plan: PostmasterPlan): Promise<number> {
  const grown = await stat(plan.log).catch(() => undefined);
  const log = await open(plan.log, grown !== undefined && grown.size > LOG_LIMIT_BYTES ? 'w' : 'a');
  const from = (await log.stat()).size;
  const flags = Object.entries(plan.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { program, args, options } = runAs(plan.account, plan.program, ['-D', plan.cluster, ...flags]);
  // A group of its own: Ctrl-C reaches every process of the terminal's group, and the database must go last.
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', log.fd, log.fd] });
  let end: string | undefined;
  child.once('error', (error) => (end = error.message));
  child.once('exit', (code) => (end ??= `exit code ${code}`));
  child.unref();
  await log.close();
  const limit = Date.now() + START_LIMIT_MS;
  while (end === undefined && Date.now() < limit) {
    const [pid, state] = await readPidFile(plan.cluster);
    if (pid === child.pid && state === 'ready') return pid!;
    await sleep(20);
  }
  if (end === undefined) await stopPostmaster(child.pid!, plan.cluster);
  throw new EmbeddedPostgresError(`The database did not start: ${await lastWords(plan.log, from, end)}`);
}

/**
 * Stops a postmaster: sessions are ended and everything is on disk when it returns. One that does not end in a
 * minute is stopped at once (the next start replays its log).
 */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!signalPostmaster(pid, cluster, signal)) return;
    const limit = Date.now() + STOP_LIMIT_MS;
    while (Date.now() < limit) {
      if (!isPostmaster(pid, cluster)) return;
      await sleep(20);
    }
  }
}

/** Sends a signal to the postmaster of a cluster; false when it does not live. */
export function signalPostmaster(pid: number, cluster: string, signal: NodeJS.Signals): boolean {
  if (!isPostmaster(pid, cluster)) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Stops the postmaster that a killed Plaza left behind, and clears a pid file that names no postmaster. */
export async function stopOrphan(cluster: string): Promise<void> {
  const [pid] = await readPidFile(cluster);
  if (pid === undefined) return;
  if (isPostmaster(pid, cluster)) await stopPostmaster(pid, cluster);
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

function isPostmaster(pid: number, cluster: string): boolean {
  return commandLine(pid).includes(`-D ${cluster} `);
}

/** First line: the process id; eighth line: `starting`, `ready` or `stopping`. */
async function readPidFile(cluster: string): Promise<[pid?: number, state?: string]> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  return lines[0] === '' || lines[0] === undefined ? [] : [Number(lines[0]), lines[7]];
}

async function lastWords(log: string, from: number, end = 'it was not ready in time'): Promise<string> {
  const text = (await readFile(log)).subarray(from).toString('utf8');
  const lines = text.split('\n').filter((line) => /FATAL|ERROR|PANIC|could not/.test(line));
  const words = lines.map((line) => line.replace(/^.*?(FATAL|ERROR|PANIC|LOG|WARNING):\s*/, '').trim());
  return words.length === 0 ? `${end} (its log is ${log}).` : `${words.join('; ')} (its log is ${log}).`;
}
