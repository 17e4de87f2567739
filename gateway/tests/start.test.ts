import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET } from '@plaza/platform/testing/test-cluster';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import WebSocket from 'ws';
import { PATH } from './fixtures/config.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const EMBEDDED = 'gateway/src/embedded.ts';
const DISTRIBUTED = 'gateway/src/main.ts';

let folder: string;
let database: TestDatabase;
let busy: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plaza-start-'));
  database = await createTestDatabase();
  busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
});
afterAll(async () => {
  busy.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

const start = (file: string, environment: Record<string, string>) =>
  run(process.execPath, ['--import', '@swc-node/register/esm-register', file], environment);

function run(program: string, args: string[], environment: Record<string, string>) {
  const child = spawn(program, args, {
    cwd: PROJECT,
    // a group of its own, as a terminal gives it
    detached: true,
    env: {
      PATH,
      PORT: '0',
      PLAZA_DEMO: 'off',
      PLAZA_DATA_DIR: join(folder, 'data'),
      ...environment,
    },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const port = async (): Promise<number> => {
    for (;;) {
      const found = /Plaza is ready at http:\/\/localhost:(\d+)/.exec(said.out)?.[1];
      if (found) return Number(found);
      await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error(said.err)))]);
    }
  };
  return { child, said, ended, port };
}

const running = () => ({ DATABASE_URL: database.adminUrl, PLAZA_SECRET: TEST_SECRET });
const busyPort = () => String((busy.address() as AddressInfo).port);

test.each([
  [
    'a busy port',
    EMBEDDED,
    () => ({ ...running(), HOST: '127.0.0.1', PORT: busyPort() }),
    /^Port \d+ is already in use: .*\.$/,
  ],
  [
    'a database that does not answer',
    EMBEDDED,
    () => ({ DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' }),
    /DATABASE_URL/,
  ],
  [
    'a database url that is none',
    EMBEDDED,
    () => ({ DATABASE_URL: 'localhost' }),
    /^The setting DATABASE_URL is wrong: .*\.$/,
  ],
  [
    'a data folder inside a file',
    EMBEDDED,
    () => ({ PLAZA_DATA_DIR: join(folder, 'file', 'data') }),
    /PLAZA_DATA_DIR/,
  ],
  [
    'a data folder where none can be made',
    EMBEDDED,
    () => ({ PLAZA_DATA_DIR: '/proc/plaza' }),
    /^Plaza cannot write to its data folder \/proc\/plaza.*\.$/,
  ],
  [
    'no secret in production',
    EMBEDDED,
    () => ({ NODE_ENV: 'production' }),
    /^The setting PLAZA_SECRET is wrong: .*\.$/,
  ],
  ['no address of a subgraph', DISTRIBUTED, running, /^The setting IDENTITY_URL is wrong: .*\.$/],
])('%s ends the start with one sentence and exit code 1', async (_what, file, environment, sentence) => {
  await writeFile(join(folder, 'file'), '');
  const { said, ended } = start(file, environment());
  expect(await ended).toBe(1);
  const lines = said.err.trim().split('\n');
  expect(lines).toEqual([expect.stringMatching(sentence)]);
  expect(said.out).toBe('');
});

test('Ctrl-C ends Plaza within five seconds, open sockets and all', async () => {
  const plaza = start(EMBEDDED, running());
  const port = await plaza.port();
  const silent = connect(port, 'localhost');
  silent.on('error', () => undefined);
  const socket = new WebSocket(`ws://localhost:${port}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  const started = Date.now();
  plaza.child.kill('SIGINT');
  expect(((await once(socket, 'close')) as [number])[0]).toBe(1012);
  expect(await plaza.ended).toBe(0);
  expect(Date.now() - started).toBeLessThan(5000);
  expect(plaza.said.err).toBe('');
}, 60_000);

test('ending npm ends Plaza, in order', async () => {
  const plaza = run('npm', ['start'], running());
  const port = await plaza.port();
  plaza.child.kill('SIGTERM');
  // the output is closed when the last process that holds it has gone
  await plaza.ended;
  await expect(fetch(`http://localhost:${port}/health/live`)).rejects.toThrow('fetch failed');
}, 60_000);

test('a Ctrl-C in the terminal of npm start stops Plaza in order, though npm passes it on once more', async () => {
  const plaza = run('npm', ['start'], running());
  const socket = new WebSocket(`ws://localhost:${await plaza.port()}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  process.kill(-(plaza.child.pid as number), 'SIGINT');
  expect(((await once(socket, 'close')) as [number])[0]).toBe(1012);
  await plaza.ended;
}, 60_000);
