import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type pg from 'pg';
import { LOGIN_ROLES } from '../../database/component.js';
import type { PlazaError } from '../../errors.js';
import { newId } from '../../ids.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { expiredCursor, openCursor, sealCursor } from '../cursor.js';
import { keepMonths } from '../months.js';
import { Placing } from '../placing.js';
import { EventsNotKept, readEvents, readHead } from '../read.js';
import { Sequencer } from '../sequencer.js';
import { connect, eventually, silent, write } from './log-fixture.js';

const filter = { types: null, locationId: null };

let db: TestDatabase;
let admin: pg.Client;
let placing: pg.Client;

beforeEach(async () => {
  db = await createTestDatabase();
  admin = await connect(db.adminUrl);
  placing = await connect(db.url('sequencer'));
});
afterEach(async () => {
  await Promise.all([admin.end(), placing.end()]);
  await db.drop();
});

const head = (tenantId: string) => db.database('gateway').read({ tenantId }, (tx) => readHead(tx, tenantId));
const read = (tenantId: string, after: number) =>
  db.database('gateway').read({ tenantId }, (tx) => readEvents(tx, { tenantId, after, first: 100 }));
const beginEpoch = async () =>
  (await admin.query<{ epoch: number }>('select events.begin_epoch() as epoch')).rows[0]!.epoch;
const happens = async (tenantId: string, events: number) => {
  await write(db.database('tickets'), tenantId, ...Array.from({ length: events }, () => ({})));
  await (await Placing.begin(placing)).round();
};
const cursorAt = async (tenantId: string, position: number) =>
  sealCursor(db.secrets, { tenantId, position, epoch: (await head(tenantId)).epoch, filter });
const open = async (tenantId: string, cursor: string) =>
  openCursor(db.secrets, cursor, { tenantId, filter }, await head(tenantId));

/** The cursor that the refusal of this one names. */
async function refused(tenantId: string, cursor: string): Promise<string> {
  const error = (await open(tenantId, cursor).catch((thrown: unknown) => thrown)) as PlazaError;
  expect(error.extensions).toMatchObject({ code: 'CURSOR_EXPIRED', oldestCursor: expect.any(String) });
  return error.extensions.oldestCursor as string;
}

async function months500DaysOld(tenantId: string, events: number): Promise<void> {
  await admin.query(`select events.make_months(now() - interval '500 days')`);
  await admin.query(
    `insert into events.event (id, tenant_id, type, subject_type, subject_id, occurred_at)
      select uuidv7(interval '-500 days'), $1, 'ticket.entered', 'Ticket', uuidv7(), now()
      from generate_series(1, $2::integer)`,
    [tenantId, events],
  );
  await (await Placing.begin(placing)).round();
  await keepMonths({ url: db.url('sequencer'), retentionDays: 400, logger: silent });
}

test('a cursor given out before is refused, and the oldest one that the refusal names brings the whole log', async () => {
  const tenantId = newId();
  await happens(tenantId, 3);
  const { rows } = await admin.query('select from events.stream where tenant_id = $1', [tenantId]);
  expect(rows).toEqual([]);
  const before = await cursorAt(tenantId, 2);
  expect(await open(tenantId, before)).toBe(2);

  await beginEpoch();
  await happens(tenantId, 2);
  const oldest = await open(tenantId, await refused(tenantId, before));
  expect((await read(tenantId, oldest)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  expect(await open(tenantId, await cursorAt(tenantId, 4))).toBe(4);
});

test('where the log no longer reaches back to its beginning, the oldest cursor stands where it does', async () => {
  const tenantId = newId();
  await months500DaysOld(tenantId, 3);
  await happens(tenantId, 2);
  expect(await head(tenantId)).toMatchObject({ position: 5, oldest: 3 });
  const before = await cursorAt(tenantId, 4);

  await beginEpoch();
  const oldest = await open(tenantId, await refused(tenantId, before));
  expect((await read(tenantId, oldest)).map(({ position }) => position)).toEqual([4, 5]);
  // a reader that fell behind is told the same by the log itself
  const error = await read(tenantId, 1).catch((thrown: unknown) => thrown);
  if (!(error instanceof EventsNotKept)) throw error;
  expect(error.head).toEqual({ epoch: (await head(tenantId)).epoch, oldest: 3 });
  const told = expiredCursor(db.secrets, { tenantId, filter }, error.head);
  expect(await open(tenantId, told.extensions.oldestCursor as string)).toBe(3);
});

test('a log that was empty in the backup has no cursors from before either', async () => {
  const tenantId = newId();
  const before = await cursorAt(tenantId, 2);
  await beginEpoch();
  await happens(tenantId, 3);
  expect(await open(tenantId, await refused(tenantId, before))).toBe(0);
});

test('a log whose first events are removed later stays in its epoch', async () => {
  const tenantId = newId();
  const begun = await beginEpoch();
  await months500DaysOld(tenantId, 2);
  expect(await head(tenantId)).toMatchObject({ epoch: begun, oldest: 2 });
});

test('the same backup restored twice begins two epochs, and no epoch comes back', async () => {
  await admin.query('begin');
  const first = await beginEpoch();
  // the database is again what it was
  await admin.query('rollback');
  await sleep(1_100);
  const second = await beginEpoch();
  expect(second).toBeGreaterThan(first);
  expect(await beginEpoch()).toBeGreaterThan(second);
  for (const epoch of [second, first, 1]) {
    await expect(admin.query('update events.history set epoch = $1', [epoch])).rejects.toThrow(
      'An epoch does not come back.',
    );
  }
});

test.each(LOGIN_ROLES)('plaza_%s begins no epoch', async (role) => {
  const client = await connect(db.url(role));
  for (const statement of ['select events.begin_epoch()', 'update events.history set epoch = 9']) {
    await expect(client.query(statement)).rejects.toThrow('permission denied');
  }
  await client.end();
});

describe('the command', () => {
  const run = promisify(execFile);
  const ROOT = new URL('../../../..', import.meta.url);

  /** npm run log:restored as a person runs it: what it prints and how it ends. */
  async function command(environment: Record<string, string>, ...args: string[]) {
    const node = ['--import', '@swc-node/register/esm-register', 'scripts/log-restored.ts', ...args];
    try {
      const { stdout } = await run(process.execPath, node, { cwd: ROOT, env: environment });
      return { code: 0, text: stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, text: stdout + stderr };
    }
  }

  test('begins an epoch and says so, and explains itself', async () => {
    const { code, text } = await command({ DATABASE_URL: db.adminUrl });
    const { epoch } = await head(newId());
    expect(epoch).toBeGreaterThan(1);
    expect({ code, text }).toEqual({
      code: 0,
      text: `Epoch ${epoch} of the event log has begun: every cursor given out before is CURSOR_EXPIRED.\n`,
    });
    expect((await command({}, '--help')).text).toContain('before starting Plaza');
  });

  test('refuses while a Plaza runs on the database, where there is none of its tables, and another role', async () => {
    const sequencer = new Sequencer({ url: db.url('sequencer'), logger: silent });
    await sequencer.start();
    await eventually('the election', () => sequencer.leading);
    expect(await command({ DATABASE_URL: db.adminUrl })).toEqual({
      code: 1,
      text: 'A Plaza is running on this database: end it, then run this again.\n',
    });
    await sequencer.close();
    const strange = db.adminUrl.replace(/\/[^/]+$/, '/postgres');
    expect(await command({ DATABASE_URL: strange })).toMatchObject({
      code: 1,
      text: expect.stringContaining('bring it up to date'),
    });
    expect(await command({ DATABASE_URL: db.url('gateway') })).toMatchObject({
      code: 1,
      text: expect.stringContaining('permission'),
    });
    expect((await head(newId())).epoch).toBe(1);
  });
});
