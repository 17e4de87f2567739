import type pg from 'pg';
import pino from 'pino';
import { sql } from '../../database/sql.js';
import { newId } from '../../ids.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { EventFeed } from '../feed.js';
import { keepMonths } from '../months.js';
import { Placing } from '../placing.js';
import { EventsNotKept, readEvents, readHead } from '../read.js';
import { connect, eventually, positions, silent, write } from './log-fixture.js';

let db: TestDatabase;
let admin: pg.Client;
let sequencer: pg.Client;
let opened: pg.Client[] = [];

beforeEach(async () => {
  db = await createTestDatabase();
  admin = await connect(db.adminUrl);
  sequencer = await connect(db.url('sequencer'));
  opened = [admin, sequencer];
});
afterEach(async () => {
  await Promise.all(opened.map((client) => client.end()));
  await db.drop();
});

const number = async () => (await Placing.begin(sequencer)).round();
const keep = (retentionDays = 400, logger = silent) =>
  keepMonths({ url: db.url('sequencer'), retentionDays, logger });
const months = async () =>
  (
    await admin.query<{ month: string }>(
      `select relname as month from pg_inherits join pg_class on oid = inhrelid
        where inhparent = 'events.event'::regclass order by relname`,
    )
  ).rows.map(({ month }) => month);

/** Events as they were written so many days ago, numbered now. */
async function old(tenantId: string, days: number, count: number): Promise<void> {
  await admin.query('select events.make_months(now() - make_interval(days => $1))', [days]);
  await admin.query(
    `insert into events.event (id, tenant_id, type, subject_type, subject_id, occurred_at)
      select uuidv7(make_interval(days => -$2::integer)), $1, 'ticket.entered', 'Ticket', uuidv7(), now()
      from generate_series(1, $3::integer)`,
    [tenantId, days, count],
  );
}

const read = (tenantId: string, after: number) =>
  db.database('gateway').read({ tenantId }, (tx) => readEvents(tx, { tenantId, after, first: 100 }));
const head = (tenantId: string) => db.database('gateway').read({ tenantId }, (tx) => readHead(tx, tenantId));

test('a log goes on over the border of a month', async () => {
  const tenantId = newId();
  await admin.query(
    `insert into events.event (id, tenant_id, type, subject_type, subject_id, occurred_at)
      select events.first_id(date_trunc('month', now(), 'UTC') + interval '1 month' + at * interval '1 ms'), $1,
        'ticket.entered', 'Ticket', uuidv7(), now() from generate_series(-2, 1) at`,
    [tenantId],
  );
  await number();
  expect(await positions(db.database('gateway'), tenantId)).toEqual([1, 2, 3, 4]);
  const { rows } = await admin.query(
    'select count(*)::integer as events from events.event group by tableoid',
  );
  expect(rows).toEqual([{ events: 2 }, { events: 2 }]);
});

test('months that are missing are made ahead, at the start and by the elected sequencer', async () => {
  const all = await months();
  expect(all).toHaveLength(4);
  await admin.query(`drop table events.${all[1]}, events.${all[3]}`);
  await keep();
  expect(await months()).toEqual(all);
  // with the guards of the others
  await expect(admin.query(`truncate events.${all[3]}`)).rejects.toThrow('append-only');
});

test('a month that is too old goes, with its positions; later ones stay, and positions go on', async () => {
  const [tenantId, asleep] = [newId(), newId()];
  await old(tenantId, 500, 3);
  await old(asleep, 500, 2);
  await write(db.database('tickets'), tenantId, {}, {});
  await number();
  const before = await months();
  await keep();
  const after = await months();
  expect(after.length).toBeLessThan(before.length);
  expect(after).toEqual(before.slice(before.length - after.length));
  expect(await head(tenantId)).toEqual({ position: 5, epoch: 1, oldest: 3 });
  expect(await head(asleep)).toEqual({ position: 2, epoch: 1, oldest: 2 });
  expect((await read(tenantId, 3)).map(({ position }) => position)).toEqual([4, 5]);
  // a round that is half kept stays as it is; nobody is told of its other half
  const { rows } = await admin.query(
    'select first_position::integer as first, last_position::integer as last from events.placement',
  );
  expect(rows).toEqual([{ first: 1, last: 5 }]);
  await write(db.database('tickets'), asleep, {});
  await number();
  expect((await read(asleep, 2)).map(({ position }) => position)).toEqual([3]);
});

test('who stands behind what is kept is told, whether it asks or follows', async () => {
  const tenantId = newId();
  await old(tenantId, 500, 3);
  await write(db.database('tickets'), tenantId, {});
  await number();
  const feed = new EventFeed({ database: db.database('gateway'), url: db.url('gateway'), logger: silent });
  await feed.start();
  const follower = feed.follow({ tenantId, after: 1 });
  await keep();
  const gone = expect.objectContaining({ head: { epoch: 1, oldest: 3 } });
  await expect(read(tenantId, 2)).rejects.toEqual(gone);
  await expect(read(tenantId, 2)).rejects.toBeInstanceOf(EventsNotKept);
  await expect(follower.next()).rejects.toEqual(gone);
  expect(await read(tenantId, 3)).toHaveLength(1);
  await feed.close();
});

test('a month that is removed while somebody reads is not silently left out', async () => {
  const tenantId = newId();
  await old(tenantId, 500, 3);
  await write(db.database('tickets'), tenantId, {});
  await number();
  await sequencer.query('begin');
  const { rows } = await sequencer.query('select * from events.expire_month(400)');
  const { partition, newest } = rows[0];
  await sequencer.query('select events.remove_month($1, $2)', [partition, newest]);
  const reading = expect(read(tenantId, 0)).rejects.toBeInstanceOf(EventsNotKept);
  await eventually('the reader waits for the month', async () => {
    const { rowCount } = await admin.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%events.read%'
        and pid <> pg_backend_pid()`,
    );
    return rowCount === 1;
  });
  await sequencer.query('commit');
  await reading;
});

test('a month stays as long as one of its events has no position, and nobody is told that it went', async () => {
  const tenantId = newId();
  await old(tenantId, 500, 2);
  await number();
  await old(tenantId, 500, 1);
  const before = await months();
  await keep();
  expect(await months()).toEqual(before);
  expect((await head(tenantId)).oldest).toBe(0);
  await number();
  await keep();
  expect((await months()).length).toBeLessThan(before.length);
});

test('a month that gets an event after it was looked through is not removed', async () => {
  const tenantId = newId();
  await old(tenantId, 500, 2);
  await number();
  const { rows } = await sequencer.query('select * from events.expire_month(400)');
  await old(tenantId, 500, 1);
  const removed = await sequencer.query('select events.remove_month($1, $2) as done', [
    rows[0].partition,
    rows[0].newest,
  ]);
  expect(removed.rows).toEqual([{ done: false }]);
});

test('the removal waits for an open writer, and other writers do not wait for the removal', async () => {
  const tenantId = newId();
  await old(tenantId, 500, 1);
  await number();
  const writer = await connect(db.url('tickets'), tenantId);
  opened.push(writer);
  await writer.query('begin');
  await writer.query(`select events.append('ticket.entered', 'Ticket', uuidv7(), null, now())`);
  let told = 0;
  const logger = pino({ level: 'info' }, { write: () => (told += 1) });
  const keeping = keep(400, logger);
  // behind a lock that is waited for they would wait until the open writer has ended
  for (let written = 0; written < 20; written += 1) await write(db.database('tickets'), tenantId, {});
  expect(told).toBe(0);
  await writer.query('commit');
  await keeping;
  expect(told).toBeGreaterThan(0);
  await number();
  expect(await positions(db.database('gateway'), newId())).toEqual([]);
  expect(await head(tenantId)).toMatchObject({ position: 22, oldest: 1 });
});

test('the cause of an event is kept with it', async () => {
  const [tenantId, causationId] = [newId(), newId()];
  await db.database('tickets').write({ tenantId, causationId }, async (tx) => {
    await tx.run(sql`select events.append('ticket.entered', 'Ticket', uuidv7(), null, now())`);
  });
  await write(db.database('tickets'), tenantId, {});
  await number();
  expect((await read(tenantId, 0)).map((event) => event.causationId)).toEqual([causationId, null]);
});
