import { execFileSync, spawnSync } from 'node:child_process';
import { EmbeddedPostgresError } from './error.js';

/** The operating-system user that the database's programs run as, and the command that runs them so. */
export interface Account {
  uid?: number;
  gid?: number;
  /** Goes in front of a program and its arguments. */
  prefix: string[];
}

/**
 * The account for a Postgres whose files are `paths`: this process's own, except that Postgres refuses to run
 * as root: then it is the user `postgres`, made when there is none.
 */
export function databaseAccount(paths: string[]): Account {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const uid = idOf('-u') ?? createUser();
  const gid = idOf('-g') ?? uid;
  const reachable = spawnSync('/bin/sh', ['-c', 'for p; do test -x "$p" || exit 1; done', 'sh', ...paths], {
    uid,
    gid,
  });
  if (reachable.status === 0) return { uid, gid, prefix: [] };
  // Under a closed folder such as /root, only a capability lets another user pass: to search and read, no more.
  return {
    uid,
    gid,
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--inh-caps=+dac_read_search',
      '--ambient-caps=+dac_read_search',
    ],
  };
}

/** The program, arguments and spawn options that run a command under the account. */
export function runAs(
  account: Account,
  program: string,
  args: string[],
): { program: string; args: string[]; options: { uid?: number; gid?: number; env: NodeJS.ProcessEnv } } {
  // A fixed environment: PGPORT, PGOPTIONS or a locale of the person's shell must not reach the server.
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' };
  const [first, ...rest] = account.prefix;
  if (first !== undefined) return { program: first, args: [...rest, program, ...args], options: { env } };
  return { program, args, options: { uid: account.uid, gid: account.gid, env } };
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const result = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return result.status === 0 ? Number(result.stdout) : undefined;
}

function createUser(): number {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
  } catch {
    throw new EmbeddedPostgresError(
      'The database does not run as root and the user postgres could not be made: start Plaza as another user, or name a database with DATABASE_URL.',
    );
  }
  return idOf('-u')!;
}
