import type pg from 'pg';
import { newId } from '../../ids.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { Doorbell } from '../doorbell.js';
import { EventFeed } from '../feed.js';
import { Sequencer } from '../sequencer.js';
import { connect, eventually, positions, silent, write } from './log-fixture.js';

let db: TestDatabase;
let admin: pg.Client;
let stop: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await connect(db.adminUrl);
});
afterEach(async () => {
  for (const close of stop.reverse()) await close();
  stop = [];
});
afterAll(async () => {
  await admin.end();
  await db.drop();
});

async function sequencer(): Promise<Sequencer> {
  const started = new Sequencer({ url: db.url('sequencer'), logger: silent });
  stop.push(() => started.close());
  await started.start();
  return started;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('eight writers that commit late, out of order or not at all: every event is followed once, in one dense order', async () => {
  await sequencer();
  const feed = new EventFeed({ database: db.database('gateway'), url: db.url('gateway'), logger: silent });
  stop.push(() => feed.close());
  await feed.start();
  const tenantId = newId();
  const followed = feed.follow({ tenantId, after: 0 });
  const tickets = db.database('tickets', { max: 8 });
  const written = new Set<string>();
  await Promise.all(
    upTo(8).map(async (writer) => {
      for (let round = 0; round < 40; round += 1) {
        const client = await connect(db.url('tickets'), tenantId);
        await client.query('begin');
        const id = newId();
        const aborts = (writer + round) % 4 === 0;
        if (!aborts) written.add(id);
        await client.query(`select events.append('ticket.entered', 'Ticket', $1, null, now())`, [id]);
        await new Promise((resolve) => setTimeout(resolve, (writer * 7 + round * 3) % 11));
        await client.query(aborts ? 'rollback' : 'commit');
        await client.end();
        for (const other of await write(tickets, tenantId, {}, {})) written.add(other);
      }
    }),
  );
  const seen: { position: number; subjectId: string }[] = [];
  while (seen.length < written.size) seen.push(...(await followed.next()).value!.events);
  expect(seen.map(({ position }) => position)).toEqual(upTo(written.size));
  expect(new Set(seen.map(({ subjectId }) => subjectId))).toEqual(written);
});

test('an event of a long transaction gets its position when it commits, and holds nobody up meanwhile', async () => {
  await sequencer();
  const [slowTenant, tenantId] = [newId(), newId()];
  const slow = await connect(db.url('tickets'), slowTenant);
  const sameTenant = await connect(db.url('tickets'), tenantId);
  for (const client of [slow, sameTenant]) {
    await client.query('begin');
    await client.query(`select events.append('ticket.entered', 'Ticket', $1, null, now())`, [newId()]);
  }
  const tickets = db.database('tickets');
  await write(tickets, tenantId, {}, {});
  await eventually(
    'the later events are numbered',
    async () => (await positions(db.database('gateway'), tenantId)).length === 2,
    2_500,
  );
  // longer than two polls, so that the sequencer no longer looks for it between polls
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  for (const client of [slow, sameTenant]) {
    await client.query('commit');
    await client.end();
  }
  await eventually(
    'the late events are numbered',
    async () => (await positions(db.database('gateway'), slowTenant)).length === 1,
    2_500,
  );
  expect(await positions(db.database('gateway'), tenantId)).toEqual([1, 2, 3]);
});

test('when the backend of the elected sequencer dies, another one takes over and numbers on without a hole', async () => {
  const [first, second] = [await sequencer(), await sequencer()];
  await eventually('one is elected', () => first.leading || second.leading);
  const [leader, other] = first.leading ? [first, second] : [second, first];
  const tenantId = newId();
  const tickets = db.database('tickets');
  let writing = true;
  const written = (async () => {
    let count = 0;
    for (; writing; count += 1) await write(tickets, tenantId, {});
    return count;
  })();
  await admin.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
       and objid = (hashtext('plaza.events.sequencer')::bigint & 4294967295)::oid and database =
       (select oid from pg_database where datname = current_database())`,
  );
  const killedAt = Date.now();
  await eventually(
    'another is elected',
    () => other.leading || (leader.leading && Date.now() - killedAt > 1_000),
  );
  writing = false;
  const count = await written;
  await eventually(
    'all is numbered',
    async () => (await positions(db.database('gateway'), tenantId)).length === count,
    2_500,
  );
  expect(await positions(db.database('gateway'), tenantId)).toEqual(upTo(count));
  expect([first.leading, second.leading].filter(Boolean)).toHaveLength(1);
});

test('an elected sequencer that cannot place gives its place to one that can', async () => {
  const [first, second] = [await sequencer(), await sequencer()];
  await eventually('one is elected', () => first.leading || second.leading);
  const [leader, other] = first.leading ? [first, second] : [second, first];
  // as a process of another version would, to which the tables are strange
  const unable = { round: () => Promise.reject(new Error('column does not exist')) };
  Object.defineProperty(leader, 'placing', { get: () => unable, set: () => undefined });
  leader.wake();
  await eventually('the other one is elected', () => other.leading);
  expect(leader.leading).toBe(false);
  const tenantId = newId();
  await write(db.database('tickets'), tenantId, {}, {});
  await eventually(
    'it numbers',
    async () => (await positions(db.database('gateway'), tenantId)).length === 2,
  );
});

test('two callers who both number at once leave no hole and number nothing twice', async () => {
  const tenantId = newId();
  const tickets = db.database('tickets');
  const callers = await Promise.all([connect(db.url('sequencer')), connect(db.url('sequencer'))]);
  for (let round = 0; round < 25; round += 1) {
    await write(tickets, tenantId, {}, {}, {}, {});
    await Promise.all(callers.map((caller) => caller.query(`select * from events.sequence('{(,)}', 500)`)));
  }
  await callers[0].query(`select * from events.sequence('{(,)}', 500)`);
  await Promise.all(callers.map((caller) => caller.end()));
  expect(await positions(db.database('gateway'), tenantId)).toEqual(upTo(100));
});

test('a doorbell in another process wakes the sequencer at once, and rings once for many commits', async () => {
  const elected = await sequencer();
  await eventually('it is elected', () => elected.leading);
  const doorbell = new Doorbell({ url: db.url('tickets'), logger: silent });
  stop.push(() => doorbell.close());
  await doorbell.start();
  const heard = await connect(db.url('gateway'));
  stop.push(() => heard.end());
  let rings = 0;
  heard.on('notification', () => (rings += 1));
  await heard.query('listen plaza_bell');
  const tenantId = newId();
  const tickets = db.database('tickets', { afterCommit: doorbell.ring });
  const feed = new EventFeed({ database: db.database('gateway'), url: db.url('gateway'), logger: silent });
  stop.push(() => feed.close());
  await feed.start();
  // from the beginning: what comes before the follower knows the end of the log would not be its own
  const followed = feed.follow({ tenantId, after: 0 });
  const waits: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const next = followed.next();
    await write(tickets, tenantId, {});
    const committed = performance.now();
    await next;
    waits.push(performance.now() - committed);
  }
  // the poll alone would take half a second on average
  expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(300);
  rings = 0;
  for (let call = 0; call < 1_000; call += 1) doorbell.ring();
  await eventually('it rang', () => rings > 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(rings).toBeLessThanOrEqual(2);
});

test('without any doorbell the poll finds the events', async () => {
  await sequencer();
  const tenantId = newId();
  await write(db.database('tickets'), tenantId, {});
  await eventually(
    'numbered',
    async () => (await positions(db.database('gateway'), tenantId)).length === 1,
    2_500,
  );
});

test('the lag says how many events wait and for how long', async () => {
  const tenantId = newId();
  await write(db.database('tickets'), tenantId, {}, {});
  await new Promise((resolve) => setTimeout(resolve, 60));
  const holder = await connect(db.url('sequencer'));
  await holder.query(`select pg_advisory_lock(hashtext('plaza.events.sequencer'))`);
  const waiting = await sequencer();
  const lag = await waiting.lag();
  expect(lag.waiting).toBe(2);
  expect(lag.seconds).toBeGreaterThan(0.05);
  await holder.end();
  await eventually('numbered', async () => (await waiting.lag()).waiting === 0);
});
