import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net';
import type pg from 'pg';
import { newId } from '../../ids.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { Database } from '../../database/database.js';
import { type EventBatch, EventFeed, type FollowOptions } from '../feed.js';
import { Sequencer } from '../sequencer.js';
import { KEPT_EVENTS } from '../tenant-tail.js';
import { connect, eventually, silent, write } from './log-fixture.js';

let db: TestDatabase;
let admin: pg.Client;
let sequencer: Sequencer;
let feed: EventFeed;
let tickets: Database;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await connect(db.adminUrl);
  sequencer = new Sequencer({ url: db.url('sequencer'), logger: silent });
  await sequencer.start();
  feed = new EventFeed({ database: db.database('gateway'), url: db.url('gateway'), logger: silent });
  await feed.start();
  tickets = db.database('tickets', { afterCommit: () => sequencer.wake() });
});
afterAll(async () => {
  await feed.close();
  await sequencer.close();
  await admin.end();
  await db.drop();
});

const numbered = (tenantId: string, count: number) =>
  eventually(`${count} events are numbered`, async () => (await feed.head(tenantId)).position === count);

async function take(options: FollowOptions, count: number): Promise<string[]> {
  const following = feed.follow(options);
  const subjects: string[] = [];
  while (subjects.length < count) {
    for (const event of (await following.next()).value!.events) subjects.push(event.subjectId);
  }
  await following.return();
  return subjects;
}

test('a follower without a place gets what comes next, with everything the log knows', async () => {
  const tenantId = newId();
  const locationId = newId();
  await write(tickets, tenantId, {});
  await numbered(tenantId, 1);
  const following = feed.follow({ tenantId });
  const next = following.next();
  await numbered(tenantId, 1);
  const [subjectId] = await write(tickets, tenantId, { locationId });
  const batch = (await next).value!;
  expect(batch).toMatchObject({ position: 2, epoch: 1, caughtUp: true });
  expect(batch.events).toEqual([
    {
      id: expect.any(String),
      position: 2,
      type: 'ticket.entered',
      version: 1,
      subjectType: 'Ticket',
      subjectId,
      locationId,
      occurredAt: new Date('2026-11-22T08:30:00Z'),
      recordedAt: expect.any(Date),
      actor: { kind: 'user', id: tenantId },
      correlationId: 'request-1',
      causationId: null,
      data: { code: 'K7Q2' },
    },
  ]);
  await following.return();
});

test('a follower sees only its tenant, its types and its locations', async () => {
  const [tenantId, here, there] = [newId(), newId(), newId()];
  const [a, b, c, d] = await write(
    tickets,
    tenantId,
    { locationId: here },
    { locationId: there },
    { locationId: here, type: 'ticket.closed' },
    {},
  );
  await write(tickets, newId(), { locationId: here });
  const [last] = await write(tickets, tenantId, { locationId: here, type: 'ticket.closed' });
  await numbered(tenantId, 5);
  const from = { tenantId, after: 0 };
  expect(await take(from, 5)).toEqual([a, b, c, d, last]);
  expect(await take({ ...from, types: ['ticket.closed'] }, 2)).toEqual([c, last]);
  expect(await take({ ...from, locationIds: [here] }, 3)).toEqual([a, c, last]);
  expect(await take({ ...from, locationIds: [here, there] }, 4)).toEqual([a, b, c, last]);
  const none = feed.follow({ ...from, locationIds: [] });
  expect(
    await Promise.race([none.next(), new Promise((resolve) => setTimeout(resolve, 50, 'nothing'))]),
  ).toBe('nothing');
  await none.return();
});

test('the same filters hold for what comes live', async () => {
  const [tenantId, here] = [newId(), newId()];
  const following = take({ tenantId, locationIds: [here], types: ['ticket.closed'] }, 1);
  await feed.head(tenantId);
  await write(tickets, tenantId, { locationId: newId(), type: 'ticket.closed' }, { type: 'ticket.closed' });
  const [wanted] = await write(tickets, tenantId, { locationId: here, type: 'ticket.closed' });
  expect(await following).toEqual([wanted]);
});

test('a follower that is far behind, or falls behind, reads the log itself and misses nothing', async () => {
  const tenantId = newId();
  const slow = feed.follow({ tenantId, after: 0 });
  const subjects = await write(tickets, tenantId, {});
  expect((await slow.next()).value!.events).toHaveLength(1);
  const many = KEPT_EVENTS + 600;
  for (let written = 1; written < many; written += 271) {
    subjects.push(...(await write(tickets, tenantId, ...Array.from({ length: 271 }, () => ({})))));
  }
  await numbered(tenantId, subjects.length);
  const seen: (string | undefined)[] = [subjects[0]];
  const sizes: number[] = [];
  while (seen.length < subjects.length) {
    const { events } = (await slow.next()).value as EventBatch;
    sizes.push(events.length);
    seen.push(...events.map(({ subjectId }) => subjectId));
  }
  expect(seen).toEqual(subjects);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(KEPT_EVENTS);
  await slow.return();
  expect(await take({ tenantId, after: 0 }, subjects.length)).toEqual(subjects);
});

test('a LISTEN connection that is cut loses nothing', async () => {
  const tenantId = newId();
  const following = feed.follow({ tenantId });
  const pending = following.next();
  await feed.head(tenantId);
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'plaza event listener' and datname = current_database()`,
  );
  await eventually('the cut is noticed', () => !feed.listening);
  const [missed] = await write(tickets, tenantId, {});
  await numbered(tenantId, 1);
  expect((await pending).value!.events[0]!.subjectId).toBe(missed);
  expect(feed.listening).toBe(true);
  const next = following.next();
  const [after] = await write(tickets, tenantId, {});
  expect((await next).value!.events[0]!.subjectId).toBe(after);
  await following.return();
});

/** A way to the database that lets the first connection down. */
async function openDoor(url: URL): Promise<Server> {
  let first = true;
  const door = createServer((socket) => {
    socket.on('error', () => undefined);
    if (first) {
      first = false;
      socket.destroy();
      return;
    }
    const behind = createConnection(Number(url.port), url.hostname).on('error', () => undefined);
    socket.pipe(behind).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  return door;
}

test('a follower that begins while the database is away tells so, and begins when it is back', async () => {
  const tenantId = newId();
  const door = await openDoor(new URL(db.url('gateway')));
  const url = new URL(db.url('gateway'));
  url.port = String((door.address() as AddressInfo).port);
  const database = new Database({ url: url.toString(), applicationName: 'test door' });
  const behind = new EventFeed({ database, url: db.url('gateway'), logger: silent });
  const following = behind.follow({ tenantId, after: 0 });
  await expect(following.next()).rejects.toThrow();
  const [subject] = await write(tickets, tenantId, {});
  await numbered(tenantId, 1);
  expect((await following.next()).value!.events[0]!.subjectId).toBe(subject);
  await behind.close();
  await database.close();
  door.close();
});

test('return(), the signal and the end of the feed each end a pending next() at once', async () => {
  const done = { done: true, value: undefined };
  const returned = feed.follow({ tenantId: newId() });
  const pending = returned.next();
  await returned.return();
  expect(await pending).toEqual(done);

  const controller = new AbortController();
  const aborted = feed.follow({ tenantId: newId(), signal: controller.signal }).next();
  controller.abort();
  expect(await aborted).toEqual(done);
  expect(await feed.follow({ tenantId: newId(), signal: controller.signal }).next()).toEqual(done);

  const closing = new EventFeed({ database: db.database('gateway'), url: db.url('gateway'), logger: silent });
  await closing.start();
  const ended = closing.follow({ tenantId: newId() }).next();
  await closing.close();
  expect(await ended).toEqual(done);
});
