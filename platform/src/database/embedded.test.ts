import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded.js';
import { birthMark, commandLine } from './embedded/process-info.js';

let parent: string;
let folder: string;
const children: ChildProcess[] = [];

// One folder for all: each test finds what the one before it left, as a start of Plaza does.
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'plaza-embedded-'));
  // The parent is closed to other users, as /root is: started by root, the server must come in all the same.
  folder = join(parent, 'postgres');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(async () => {
  const left = await postmaster().catch(() => undefined);
  if (left !== undefined && commandLine(left).includes(folder)) process.kill(left, 'SIGQUIT');
  await rm(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const postmaster = async () =>
  Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);

async function ask<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A process of its own that holds a database in the folder; with a process group of its own, as in a terminal. */
async function holder(): Promise<{ child: ChildProcess; lines: string[]; url: string }> {
  const script = new URL('../testing/hold-embedded-postgres.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', script, folder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  createInterface(child.stderr).on('line', (line) => lines.push(line));
  await Promise.race([once(reader, 'line'), once(child, 'exit')]);
  return { child, lines, url: lines[0] ?? '' };
}

test('a second start keeps what the first one stored', async () => {
  const first = await startEmbeddedPostgres({ folder });
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await startEmbeddedPostgres({ folder });
  expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('the server listens on 127.0.0.1 alone, wants a password and keeps its promises on disk', async () => {
  const running = await startEmbeddedPostgres({ folder });
  const rows = await ask<{ name: string; setting: string }>(
    running.url,
    `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'max_connections', 'unix_socket_directories') order by name`,
  );
  expect(rows.map((row) => row.setting)).toEqual(['on', '127.0.0.1', '200', '']);
  expect(await ask(running.url, `select distinct auth_method from pg_hba_file_rules`)).toEqual([
    { auth_method: 'scram-sha-256' },
  ]);
  const wrong = new URL(running.url);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
  await running.stop();
});

test('stop leaves no process and no port behind', async () => {
  const running = await startEmbeddedPostgres({ folder });
  const pid = await postmaster();
  await running.stop();
  await running.stop();
  expect(birthMark(pid)).toBe('');
  await expect(ask(running.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test('a folder that a living Plaza uses is refused in one sentence', async () => {
  const running = await startEmbeddedPostgres({ folder });
  const { lines } = await holder();
  expect(lines).toEqual([
    `The data folder ${folder} is in use by a running Plaza (process ${process.pid}): stop it, or name another folder with PLAZA_DATA_DIR.`,
  ]);
  expect(await ask(running.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  await running.stop();
});

test('after a kill -9 the next start stops the server left behind and keeps what was committed', async () => {
  const { child, url } = await holder();
  await ask(url, 'create table committed as select 1 as one');
  const orphan = await postmaster();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(commandLine(orphan)).toContain(folder);
  const next = await startEmbeddedPostgres({ folder });
  expect(birthMark(orphan)).toBe('');
  expect(await ask(next.url, 'select one from committed')).toEqual([{ one: 1 }]);
  await next.stop();
});

test('after a kill -9 of the server too, the next start recovers', async () => {
  const { child, url } = await holder();
  await ask(url, 'create table committed_too as select 1 as one');
  process.kill(await postmaster(), 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await startEmbeddedPostgres({ folder });
  expect(await ask(next.url, 'select one from committed_too')).toEqual([{ one: 1 }]);
  await next.stop();
});

test('an owner whose process id now belongs to another process does not count', async () => {
  const first = await startEmbeddedPostgres({ folder });
  await first.stop();
  await writeFile(join(folder, 'owner'), `${process.pid} 1\n`);
  await writeFile(join(folder, 'cluster', 'postmaster.pid'), `${process.pid}\n`);
  const second = await startEmbeddedPostgres({ folder });
  await second.stop();
});

test('a first start that was killed while it made the files is begun anew', async () => {
  const first = await startEmbeddedPostgres({ folder });
  await first.stop();
  await rm(join(folder, 'cluster'), { recursive: true });
  await writeFile(join(folder, 'cluster.new'), 'half');
  const second = await startEmbeddedPostgres({ folder });
  await second.stop();
});

test('Ctrl-C, which reaches the whole process group, leaves the database running until Plaza stops it', async () => {
  const { child, url, lines } = await holder();
  const pid = await postmaster();
  process.kill(-child.pid!, 'SIGINT');
  await sleep(100);
  expect(await ask(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  const [code] = (await once(child, 'exit')) as [number];
  expect({ code, last: lines.at(-1), left: birthMark(pid) }).toEqual({ code: 0, last: 'stopped', left: '' });
});

test('a folder that cannot be made is refused in one sentence', async () => {
  const file = join(parent, 'file');
  await writeFile(file, 'a file where the folder should be');
  await expect(startEmbeddedPostgres({ folder: file })).rejects.toThrow(
    `Plaza cannot write to its data folder ${file} (EEXIST): make it writable, or name another with PLAZA_DATA_DIR.`,
  );
});

test('a port that is taken is named in one sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(startEmbeddedPostgres({ folder, port })).rejects.toThrow(/did not start.*in use/s);
  server.close();
  const running = await startEmbeddedPostgres({ folder });
  await running.stop();
});
