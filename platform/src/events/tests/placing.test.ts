import type pg from 'pg';
import { newId } from '../../ids.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import type { Holes } from '../holes.js';
import { Placing } from '../placing.js';
import { connect, eventually, positions, write } from './log-fixture.js';

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

const append = `select events.append('ticket.entered', 'Ticket', uuidv7(), null, now())`;
const numbered = (tenantId: string) => positions(db.database('gateway'), tenantId);

/** A transaction that has written an event and not ended yet. */
async function opening(tenantId: string): Promise<pg.Client> {
  const client = await connect(db.url('tickets'), tenantId);
  opened.push(client);
  await client.query('begin');
  await client.query(append);
  return client;
}

/** A sequencer's work whose searches are over: what it finds from here on, its rounds find. */
async function withoutSearch(): Promise<Placing> {
  const placing = await Placing.begin(sequencer);
  await placing.round();
  Object.assign(placing, { nextSearch: Infinity });
  return placing;
}

/** What a statement returns and how many rows of the log's tables it reads for that, on a connection of its own. */
async function reading(url: string, statement: string, tenantId?: string) {
  // what a connection counted before is among what it counts now
  const client = await connect(url, tenantId);
  opened.push(client);
  await client.query('begin');
  const { rows } = await client.query<Record<string, unknown>>(statement);
  const counted = await client.query<{ rows: string }>(
    `select sum(seq_tup_read + idx_tup_fetch) as rows from pg_stat_xact_user_tables where schemaname = 'events'
      and (relname like 'event%' or relname = 'placement')`,
  );
  await client.query('rollback');
  return { rows, read: Number(counted.rows[0]!.rows) };
}

test('an event that commits late gets its position in the very next round, and holds nobody up until then', async () => {
  const placing = await withoutSearch();
  const [early, late, later] = [newId(), newId(), newId()];
  const slow = await opening(late);
  const slower = await opening(later);
  await write(db.database('tickets'), early, {}, {});
  await placing.round();
  expect(await numbered(early)).toEqual([1, 2]);
  for (let round = 0; round < 3; round += 1) {
    await write(db.database('tickets'), early, {});
    await placing.round();
  }
  expect(await numbered(early)).toHaveLength(5);
  for (const [client, tenantId] of [
    [slow, late],
    [slower, later],
  ] as const) {
    expect(await numbered(tenantId)).toEqual([]);
    await client.query('commit');
    await placing.round();
    expect(await numbered(tenantId)).toEqual([1]);
  }
});

test('the hole of a transaction stays open although others with higher numbers have ended', async () => {
  const placing = await withoutSearch();
  const [first, second] = [newId(), newId()];
  // the newest transaction of all: no snapshot knows of it before it ends
  const early = await opening(second);
  const slow = await opening(first);
  await early.query(append);
  await early.query('commit');
  for (let round = 0; round < 3; round += 1) await placing.round();
  expect(await numbered(second)).toEqual([1, 2]);
  await slow.query('commit');
  await placing.round();
  expect(await numbered(first)).toEqual([1]);
});

test('an event has a transaction number before it has its own', async () => {
  const client = await connect(db.url('tickets'), newId());
  opened.push(client);
  const { rows } = await admin.query<{ body: string }>(
    `select prosrc as body from pg_proc where oid = 'events.append'::regproc`,
  );
  const body = rows[0]!.body;
  expect(body.indexOf('pg_current_xact_id()')).toBeGreaterThan(-1);
  expect(body.indexOf('pg_current_xact_id()')).toBeLessThan(body.indexOf('insert into'));
});

test('aborted transactions and jumps of the sequence are forgotten once everybody who was there has gone', async () => {
  const placing = await withoutSearch();
  const tenantId = newId();
  const holder = await connect(db.url('tickets'), newId());
  opened.push(holder);
  await holder.query('begin');
  await holder.query('select pg_current_xact_id()');
  const aborted = await opening(tenantId);
  await aborted.query('rollback');
  await admin.query(`select setval('events.event_seq_seq', 1000000)`);
  await write(db.database('tickets'), tenantId, {});
  await placing.round();
  const { holes } = placing as unknown as { holes: Holes };
  expect(holes.all).toHaveLength(1);
  await holder.query('rollback');
  // transactions of other databases on the server may own a number too, for all that a round knows
  await eventually('the hole is forgotten', async () => {
    await placing.round();
    return holes.all.length === 0;
  });
  expect(await numbered(tenantId)).toEqual([1]);
});

test('a round with holes reads what is in them and what is new, not the log', async () => {
  const tenantId = newId();
  await admin.query(
    `insert into events.event (tenant_id, type, subject_type, subject_id, occurred_at)
      select $1, 'ticket.entered', 'Ticket', uuidv7(), now() from generate_series(1, 3000)`,
    [tenantId],
  );
  await (await Placing.begin(sequencer)).round();
  await write(db.database('tickets'), tenantId, {}, {});
  const { rows, read } = await reading(
    db.url('sequencer'),
    `select placed from events.sequence('{[500,502],[3001,3001],(3001,)}', 500)`,
  );
  expect(rows).toEqual([{ placed: '{[3001,3003)}' }]);
  expect(read).toBeLessThan(20);
});

test('who reads on from anywhere reads the round there and what was asked for, not the log', async () => {
  const [tenantId, other] = [newId(), newId()];
  for (let round = 0; round < 60; round += 1) {
    await write(db.database('tickets'), tenantId, {}, {}, {});
    await write(db.database('tickets'), other, {}, {}, {});
    await (await Placing.begin(sequencer)).round();
  }
  for (const [range, expected] of [
    ['179, 10', [180]],
    ['90, 4', [91, 92, 93, 94]],
    ['4, 100, null, null, 7', [5, 6, 7]],
    ['0, 2', [1, 2]],
    ['180, 10', []],
  ] as const) {
    const { rows, read } = await reading(
      db.url('gateway'),
      `select position::integer from events.read('${tenantId}', ${range})`,
      tenantId,
    );
    expect(rows.map(({ position }) => position)).toEqual(expected);
    // the events, their round and the next one; the bound is far below the 60 rounds of each
    expect(read).toBeLessThan(16);
  }
});

test('whoever begins anew finds what memory does not know: left behind by a dead one, or further back than it remembers', async () => {
  const tenantId = newId();
  const left = await opening(tenantId);
  await admin.query(`select setval('events.event_seq_seq', 1000)`);
  await write(db.database('tickets'), tenantId, {});
  await (await Placing.begin(sequencer)).round();
  await left.query('commit');
  await admin.query(
    `insert into events.event (seq, tenant_id, type, subject_type, subject_id, occurred_at) overriding system value
      values (500, $1, 'ticket.entered', 'Ticket', uuidv7(), now())`,
    [tenantId],
  );
  await (await Placing.begin(sequencer)).round();
  expect(await numbered(tenantId)).toEqual([1, 2, 3]);
});

test('more events than a round takes are placed by several, each tenant’s in one dense order', async () => {
  const tenants = [newId(), newId(), newId()];
  await admin.query(
    `insert into events.event (tenant_id, type, subject_type, subject_id, occurred_at)
      select ($1::uuid[])[1 + at % 3], 'ticket.entered', 'Ticket', uuidv7(), now() from generate_series(0, 2999) at`,
    [tenants],
  );
  expect(await (await Placing.begin(sequencer)).round()).toBe(3_000);
  const upTo = Array.from({ length: 1_000 }, (_, index) => index + 1);
  for (const tenantId of tenants) expect(await numbered(tenantId)).toEqual(upTo);
  const { rows } = await admin.query<{ rows: number }>(
    'select count(*)::integer as rows from events.placement',
  );
  expect(rows[0]!.rows).toBe(18);
});

test('what a memory that is out of date looks for again is not placed again', async () => {
  const tenantId = newId();
  await write(db.database('tickets'), tenantId, {}, {}, {});
  await (await Placing.begin(sequencer)).round();
  const again = async () =>
    (await sequencer.query(`select placed from events.sequence('{(,)}', 500)`)).rows[0].placed;
  expect(await again()).toBeNull();
  await sequencer.query('select events.settle(3)');
  expect((await admin.query('select from events.round')).rowCount).toBe(0);
  expect(await again()).toBeNull();
  await write(db.database('tickets'), tenantId, {});
  expect(await again()).toBe('{[4,5)}');
});

test('the low-water mark rises when all is settled below it, and not past an open transaction', async () => {
  const low = async () => Number((await admin.query('select seq from events.low_water')).rows[0].seq);
  const rounds = async () => (await admin.query('select from events.round')).rowCount;
  const tenantId = newId();
  await write(db.database('tickets'), tenantId, {}, {}, {});
  const placing = await Placing.begin(sequencer);
  const search = () => placing['search']();
  const settledTo = (seq: number) =>
    eventually('all is settled', async () => {
      await search();
      return (await low()) >= seq;
    });
  await settledTo(3);
  const settled = await low();
  expect(await rounds()).toBe(0);
  const slow = await opening(newId());
  await write(db.database('tickets'), tenantId, {});
  for (let again = 0; again < 3; again += 1) await search();
  expect(await low()).toBe(settled);
  expect(await rounds()).toBe(1);
  await slow.query('commit');
  await settledTo(settled + 2);
});
