import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { TEST_SECRET } from '@plaza/platform/testing/test-cluster';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';

const ROOT = resolve(import.meta.dirname, '..');
const SLOW = 120_000;
let database: TestDatabase;
let plaza: ChildProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => plaza?.kill('SIGKILL'));
afterAll(() => database.drop());

/** Starts the five subgraphs and the gateway; answers what is printed, as it grows, and the processes. */
async function start(
  environment: Record<string, string> = {},
): Promise<{ lines: string[]; children: number[] }> {
  plaza = spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', 'scripts/start-distributed.ts'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        DATABASE_URL: database.adminUrl,
        PLAZA_SECRET: TEST_SECRET,
        PLAZA_DEMO: 'off',
        PORT: '0',
        ...environment,
      },
    },
  );
  const lines: string[] = [];
  const ready = new Promise<void>((done) => {
    for (const stream of [plaza!.stdout!, plaza!.stderr!]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (line.startsWith('Plaza is ready')) done();
      });
    }
  });
  await Promise.race([ready, once(plaza, 'exit')]);
  return { lines, children: plaza.exitCode === null ? childrenOf(plaza.pid!) : [] };
}

const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`)
    .map((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'))
    .flatMap((text) => text.split(' ').filter(Boolean).map(Number));
const lives = (pid: number) => {
  try {
    return commandOf(pid) !== '';
  } catch {
    return false;
  }
};
async function gone(pids: number[]): Promise<void> {
  while (pids.some(lives)) await new Promise((done) => setTimeout(done, 50));
}

// processes are looked up in /proc
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'every part is a process of its own; the death of one stops all, with a sentence that names it',
  async () => {
    const { lines, children } = await start();
    expect(lines.at(-1)).toMatch(/^Plaza is ready at http:\/\/localhost:\d+$/);
    expect(children.length).toBe(6);
    process.kill(
      children.find((pid) => commandOf(pid).includes('subgraphs/payments/'))!,
      'SIGKILL',
    );
    expect(await once(plaza!, 'exit')).toEqual([1, null]);
    expect(lines.at(-1)).toBe('payments ended (SIGKILL): stopping the others.');
    await gone(children);
  },
  SLOW,
);

onLinux(
  'Ctrl-C stops every process; so does the death of the one that started them',
  async () => {
    const first = await start();
    plaza!.kill('SIGINT');
    expect(await once(plaza!, 'exit')).toEqual([0, null]);
    await gone(first.children);
    const second = await start();
    plaza!.kill('SIGKILL');
    await gone(second.children);
  },
  SLOW,
);

test(
  'a wrong setting is one sentence and exit code 1',
  async () => {
    const { lines } = await start({ DATABASE_URL: 'mysql://elsewhere/plaza' });
    expect(plaza!.exitCode).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^The setting DATABASE_URL is wrong: .*\.$/)]);
  },
  SLOW,
);
