import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs, type Account } from './account.js';
import { EmbeddedPostgresError } from './error.js';

/** The major version whose files this Plaza reads. */
export const POSTGRES_VERSION = '18';
/** The superuser of an embedded database. */
export const SUPERUSER = 'postgres';

/** Where a cluster's files lie inside a data folder. */
export const clusterIn = (folder: string): string => join(folder, 'cluster');

/** Reads the superuser's password, or makes one: random, and readable by the database's account only. */
export async function superuserPassword(folder: string, account: Account): Promise<string> {
  const file = join(folder, 'password');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known !== '') return known;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  await give(file, account);
  return password;
}

/**
 * Makes the cluster's files when there are none. They appear under their name when they are whole, so a start
 * that was killed half-way is begun anew.
 */
export async function ensureCluster(folder: string, account: Account, initdb: string): Promise<void> {
  const cluster = clusterIn(folder);
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === POSTGRES_VERSION) return;
  if (version !== '') {
    throw new EmbeddedPostgresError(
      `The data folder ${folder} was written by PostgreSQL ${version} and this Plaza needs ${POSTGRES_VERSION}.`,
    );
  }
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await give(draft, account);
  // The builtin provider sorts the same on every machine, whatever its operating system's libraries do.
  const run = runAs(account, initdb, [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${join(folder, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  const made = spawnSync(run.program, run.args, { ...run.options, encoding: 'utf8' });
  if (made.status !== 0) {
    const reason = made.error?.message ?? made.stderr.trim().split('\n').at(-1);
    throw new EmbeddedPostgresError(`The database could not be made in ${folder}: ${reason}`);
  }
  await rename(draft, cluster);
}

/** Gives a file or folder to the database's account. */
export async function give(path: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}
