import pg from 'pg';
import { newId } from '../ids.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { testViewer } from '../testing/test-viewer.js';
import type { Database } from './database.js';
import { idempotencyTable, once } from './idempotency.js';
import { sql } from './sql.js';
import { sent } from './transaction.js';

const mine = testViewer();
const theirs = testViewer();
let db: TestDatabase;
let database: Database;
let commits = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  const admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  await admin.query(`
    create schema trial; grant usage on schema trial to plaza_spaces;
    create table trial.note (id uuid primary key default uuidv7(), tenant_id uuid not null default plaza.tenant_id(), text text unique);
    alter table trial.note enable row level security; alter table trial.note force row level security;
    create policy of_tenant on trial.note using (tenant_id = (select plaza.tenant_id()));
    grant select, insert, update, delete on trial.note to plaza_spaces;
    ${idempotencyTable('trial').replaceAll('plaza_trial', 'plaza_spaces')}`);
  await admin.end();
  database = db.database('spaces', { afterCommit: () => (commits += 1) });
});
afterAll(() => db.drop());

const write = (text: string, viewer = mine) =>
  database.write(viewer, (tx) => tx.run(sql`insert into trial.note (text) values (${text})`));
const read = (viewer = mine) =>
  database.read(viewer, async (tx) =>
    (await tx.rows<{ text: string }>(sql`select text from trial.note`)).map((row) => row.text),
  );

test('a tenant sees its own rows, another none of them, nobody nothing', async () => {
  await write('only mine');
  expect(await read(mine)).toContain('only mine');
  expect(await read(theirs)).not.toContain('only mine');
  expect(await database.read({ tenantId: null }, (tx) => tx.rows(sql`select * from trial.note`))).toEqual([]);
});

test('a pooled connection forgets in whose name it last ran', async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    expect(await read(turn % 2 ? mine : theirs)).toEqual(
      turn % 2 ? expect.arrayContaining(['only mine']) : [],
    );
  }
});

test('a row of another tenant cannot be written', async () => {
  const forged = database.write(mine, (tx) =>
    tx.run(sql`insert into trial.note (tenant_id, text) values (${theirs.tenantId}, 'forged')`),
  );
  await expect(forged).rejects.toThrow(/row-level security/);
});

test('a story that throws leaves nothing behind and rings no bell', async () => {
  const before = commits;
  const story = database.write(mine, async (tx) => {
    await tx.run(sql`insert into trial.note (text) values ('half')`);
    throw new Error('the other half failed');
  });
  await expect(story).rejects.toThrow('the other half failed');
  expect(await read()).not.toContain('half');
  expect(commits).toBe(before);
});

test('a failed statement that the story ignores does not pass for a commit', async () => {
  const story = database.write(mine, async (tx) => {
    await tx.run(sql`insert into trial.note (text) values ('swallowed')`);
    await tx.run(sql`select 1 / 0`).catch(() => undefined);
  });
  await expect(story).rejects.toThrow('division by zero');
  expect(await read()).not.toContain('swallowed');
});

test('a statement that nobody awaits fails the commit with its own reason', async () => {
  const story = database.write(mine, async (tx) => {
    await tx.run(sql`insert into trial.note (text) values ('too early')`);
    void sent(tx.one(sql`select 1 / 0`));
  });
  await expect(story).rejects.toThrow('division by zero');
  expect(await read()).not.toContain('too early');
});

test('the first failure is told, not its echo in the statements behind it', async () => {
  const story = database.write(mine, async (tx) => {
    void tx.run(sql`select 1 / 0`);
    await tx.run(sql`select 1`);
  });
  await expect(story).rejects.toThrow('division by zero');
});

test('a read cannot write', async () => {
  const story = database.read(mine, (tx) => tx.run(sql`insert into trial.note (text) values ('read')`));
  await expect(story).rejects.toThrow('read-only transaction');
});

test('two stories that deadlock both get through', async () => {
  await write('a');
  await write('b');
  let met = 0;
  let meet: () => void;
  const both = new Promise<void>((resolve) => (meet = resolve));
  const lock = (first: string, second: string) =>
    database.write(mine, async (tx) => {
      await tx.run(sql`update trial.note set text = text where text = ${first}`);
      if (++met === 2) meet();
      await both;
      await tx.run(sql`update trial.note set text = text where text = ${second}`);
    });
  await Promise.all([lock('a', 'b'), lock('b', 'a')]);
  expect(met).toBeGreaterThan(2);
});

test('a connection that the server cuts is replaced at the next use', async () => {
  const cut = database.write(mine, (tx) => tx.run(sql`select pg_terminate_backend(pg_backend_pid())`));
  await expect(cut).rejects.toThrow();
  expect(await read()).toContain('only mine');
});

describe('a keyed command', () => {
  const command = (key: string | null, input: unknown = { plate: 'A1' }) => ({
    key,
    story: 'write',
    input,
    schema: 'trial',
    tenantId: mine.tenantId,
    caller: mine.id,
  });
  const run = (key: string | null, input?: unknown, viewer = mine) =>
    database.write(viewer, (tx) =>
      once(tx, { ...command(key, input), tenantId: viewer.tenantId, caller: viewer.id }, () =>
        tx.one<{ id: string }>(sql`insert into trial.note default values returning id`),
      ),
    );

  test('ten at once with one key run once and have one outcome', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => run('ten')));
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(1);
  });

  test('without a key each call runs', async () => {
    expect((await run(null)).id).not.toBe((await run(null)).id);
  });

  test('another input under the same key is a CONFLICT, another order of its fields is not', async () => {
    const first = await run('input', { a: 1, b: 2 });
    expect(await run('input', { b: 2, a: 1 })).toEqual(first);
    await expect(run('input', { a: 1, b: 3 })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a key of another tenant is another key', async () => {
    expect((await run('shared')).id).not.toBe((await run('shared', undefined, theirs)).id);
  });

  test('a key of another caller of the same tenant is another key, also with another input', async () => {
    const colleague = { ...mine, id: newId() };
    const first = await run('ours');
    expect((await run('ours', undefined, colleague)).id).not.toBe(first.id);
    expect(await run('ours')).toEqual(first);
    expect((await run('theirs alone', { plate: 'B2' }, colleague)).id).toBeDefined();
  });

  test('a command that failed may run again under its key', async () => {
    const failing = database.write(mine, (tx) =>
      once(tx, command('again'), () => Promise.reject(new Error('no luck'))),
    );
    await expect(failing).rejects.toThrow('no luck');
    expect((await run('again')).id).toBeDefined();
  });

  test('an empty key and one of 256 characters are refused', async () => {
    await expect(run('')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(run('k'.repeat(256))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
