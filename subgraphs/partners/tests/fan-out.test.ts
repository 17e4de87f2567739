import { spawn, type ChildProcess } from 'node:child_process';
import { systemClock } from '@plaza/platform/clock';
import { newId } from '@plaza/platform/ids';
import { TEST_SECRET } from '@plaza/platform/testing/test-cluster';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { replayEvents } from '../src/use-cases/replay-events.js';
import { fanOutEvents } from '../src/webhooks/fan-out-events.js';
import { eventually, PartnersFixture } from './partners-fixture.js';
import { Receiver, verify } from './receiver.js';

let fixture: PartnersFixture;
let receiver: Receiver;

beforeEach(async () => {
  fixture = await PartnersFixture.start();
  receiver = await Receiver.listen();
});
afterEach(async () => {
  await receiver.close();
  await fixture.stop();
});

const many = (viewer: Viewer, events: number) =>
  Promise.all(Array.from({ length: events }, () => fixture.happens(viewer)));
const deliveries = () =>
  fixture.see<{ endpoint_id: string; event_id: string }>(
    'select endpoint_id, event_id from partners.delivery',
  );
const on = () => ({ database: fixture.database, clock: systemClock });

test('dispatchers that run at once make one delivery of each event for each endpoint', async () => {
  const viewer = testViewer();
  for (let endpoints = 0; endpoints < 3; endpoints += 1) await fixture.endpoint(viewer, receiver.url);
  const others = [fixture.db.database('partners'), fixture.db.database('partners')];
  let writing = true;
  const dispatchers = [fixture.database, ...others].flatMap((database) =>
    Array.from({ length: 2 }, async () => {
      while (writing) await fanOutEvents({ database, clock: systemClock }, viewer.tenantId);
    }),
  );
  for (let round = 0; round < 5; round += 1) await many(viewer, 20);
  writing = false;
  await Promise.all(dispatchers);
  while ((await fanOutEvents(on(), viewer.tenantId)).more);
  const made = await deliveries();
  expect(made).toHaveLength(300);
  expect(new Set(made.map((row) => `${row.endpoint_id} ${row.event_id}`)).size).toBe(300);
});

test('a feed that one dispatcher serves is left alone by the others', async () => {
  const viewer = testViewer();
  await fixture.endpoint(viewer, receiver.url);
  await many(viewer, 3);
  await fixture.see('begin');
  await fixture.see('select 1 from partners.webhook_feed for update');
  expect(await fanOutEvents(on(), viewer.tenantId)).toMatchObject({ deliveries: 0, more: false });
  expect(await deliveries()).toHaveLength(0);
  await fixture.see('rollback');
  await fanOutEvents(on(), viewer.tenantId);
  expect(await deliveries()).toHaveLength(3);
});

test('a fan-out that dies half-way has made nothing, and the next one makes all of it', async () => {
  const viewer = testViewer();
  await fixture.endpoint(viewer, receiver.url);
  await many(viewer, 3);
  await fixture.see(`create function public.die() returns trigger language plpgsql as $$
    begin raise exception 'the power fails'; end $$`);
  await fixture.see(
    'create trigger die before update on partners.webhook_feed for each row execute function public.die()',
  );
  await expect(fanOutEvents(on(), viewer.tenantId)).rejects.toThrow('the power fails');
  expect(await deliveries()).toHaveLength(0);
  await fixture.see('drop trigger die on partners.webhook_feed');
  await fanOutEvents(on(), viewer.tenantId);
  expect(await deliveries()).toHaveLength(3);
});

test('the database itself refuses a second delivery of one event by one feed', async () => {
  const viewer = testViewer();
  await fixture.endpoint(viewer, receiver.url);
  await many(viewer, 1);
  await fanOutEvents(on(), viewer.tenantId);
  const again = fixture.see(
    `insert into partners.delivery (id, tenant_id, endpoint_id, feed_id, event_id, event_type, body, next_attempt_at,
      created_at) select $1, tenant_id, endpoint_id, feed_id, event_id, event_type, body, now(), now()
      from partners.delivery`,
    [newId()],
  );
  await expect(again).rejects.toMatchObject({ constraint: 'delivery_once' });
});

test('a log longer than a batch is fanned out whole, and two workers deliver each event once', async () => {
  const viewer = testViewer();
  await fixture.endpoint(viewer, receiver.url);
  await fixture.see(
    `insert into events.event (tenant_id, type, subject_type, subject_id, occurred_at)
      select $1, 'ticket.entered', 'Ticket', uuidv7(), now() from generate_series(1, 600)`,
    [viewer.tenantId],
  );
  const busy = { concurrencyPerEndpoint: 64, timeoutMs: 15_000 };
  fixture.work(busy);
  fixture.work(busy);
  await eventually('all of it arrives', () => receiver.received.length >= 600, 45_000);
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(600);
  expect(receiver.received).toHaveLength(600);
}, 60_000);

test('a receiver that never answers takes its share of a worker and no more; what it holds is given back', async () => {
  const viewer = testViewer();
  const silent = await Receiver.listen();
  silent.otherwise = () => undefined;
  await fixture.endpoint(viewer, silent.url);
  await many(viewer, 10);
  const { id } = await fixture.endpoint(viewer, receiver.url);
  await many(viewer, 10);
  const worker = fixture.work({ concurrency: 8, concurrencyPerEndpoint: 4, timeoutMs: 60_000 });
  await eventually('the other receiver has everything', () => receiver.received.length === 10);
  expect(silent.received.length).toBeLessThanOrEqual(4);
  await worker.close();
  const held = await fixture.see(
    `select 1 from partners.delivery where endpoint_id <> $1 and (attempts > 0 or leased_until is not null)`,
    [id],
  );
  expect(held).toHaveLength(0);
  await silent.close();
});

test('a replay sends a stretch of the past once more with the same ids, and the live feed goes on beside it', async () => {
  const viewer = testViewer();
  const [early] = await many(viewer, 1);
  const from = new Date();
  await many(viewer, 2);
  const { id } = await fixture.endpoint(viewer, receiver.url);
  const to = new Date(Date.now() + 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const late = await many(viewer, 1);
  fixture.work();
  await eventually('the live event arrives', () => receiver.received.length === 1);
  expect(receiver.received[0]!.event.subject.id).toBe(late[0]);
  const started = await replayEvents(fixture.on(viewer), { endpointId: id, from, to });
  expect(started.__typename).toBe('ReplayStarted');
  await eventually('the replay arrives', () => receiver.received.length === 3);
  expect(receiver.of(early!)).toHaveLength(0);
  expect(
    receiver.received
      .slice(1)
      .map(({ event }) => event.position)
      .sort(),
  ).toEqual([2, 3]);
  await eventually('the replay is complete', async () => {
    const [row] = await fixture.see<{ done: boolean }>(
      'select completed_at is not null as done from partners.webhook_feed where until_position is not null',
    );
    return row!.done;
  });
  await expect(
    replayEvents(fixture.on(viewer), { endpointId: id, from: to, to: from }),
  ).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

function startProcess(): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', 'subgraphs/partners/src/main.ts'],
    {
      env: {
        PATH: '/usr/bin:/bin',
        PORT: '0',
        DATABASE_URL: fixture.db.adminUrl,
        PLAZA_SECRET: TEST_SECRET,
        PLAZA_LOG_LEVEL: 'error',
        PLAZA_WEBHOOK_SCHEDULE: '0,0,0,0',
        PLAZA_WEBHOOK_TIMEOUT_MS: '1000',
      },
      stdio: 'inherit',
    },
  );
}

test('what a killed process was delivering is delivered after the restart', async () => {
  const viewer = testViewer();
  const { signingSecret } = await fixture.endpoint(viewer, receiver.url);
  receiver.otherwise = () => undefined;
  const first = startProcess();
  const subjects = await many(viewer, 12);
  await eventually('a delivery is under way', () => receiver.received.length > 0, 20_000);
  first.kill('SIGKILL');
  await new Promise((resolve) => first.once('exit', resolve));
  receiver.otherwise = 200;
  receiver.received.length = 0;
  const second = startProcess();
  await eventually('all events arrive', () => subjects.every((id) => receiver.of(id).length > 0), 20_000);
  for (const webhook of receiver.received) expect(() => verify(signingSecret, webhook)).not.toThrow();
  second.kill('SIGTERM');
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  const rows = await fixture.see<{ status: string }>('select status from partners.delivery');
  expect(rows).toHaveLength(12);
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['DELIVERED']));
}, 60_000);
