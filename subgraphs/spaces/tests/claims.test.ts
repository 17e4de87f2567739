import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import pg from 'pg';
import { CarPark, NOON, noonPlus } from './car-park.js';

const EXCLUSION_VIOLATION = '23P01';

let park: CarPark;
beforeAll(async () => (park = await CarPark.open()));
afterAll(() => park.test.drop());

const stays = (locationId: string) =>
  park.rows<{ spaceId: string; kind: string; beginsAt: Date; open: boolean }>(sql`
    select space_id as "spaceId", kind, begins_at as "beginsAt", ends_at = 'infinity' as open
    from spaces.claim where location_id = ${locationId} order by begins_at, id`);

test('the database refuses a second claim of a space for the same time, whoever writes it', async () => {
  const location = await park.location([{ count: 1, kind: 'CAR' }]);
  const [space] = await park.spaceIds(location);
  const claim = (from: Date, to: Date) =>
    park.spaces.write(park.viewer, (tx) =>
      tx.run(sql`insert into spaces.claim (location_id, space_id, kind, begins_at, ends_at)
        values (${location}, ${space}, 'RESERVATION', ${from}, ${to})`),
    );
  await claim(NOON, noonPlus(3600));
  await claim(noonPlus(3600), noonPlus(7200));
  await expect(claim(noonPlus(3599), noonPlus(3601))).rejects.toMatchObject({
    code: EXCLUSION_VIOLATION,
    constraint: 'space_is_claimed_once',
  });
});

test('fifty vehicles at once for the last ten spaces: ten claims, forty refusals, no space twice', async () => {
  const location = await park.location([{ count: 10, kind: 'CAR' }]);
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => park.claim(location)));
  expect(outcomes.filter(({ outcome }) => outcome === 'CLAIMED')).toHaveLength(10);
  expect(outcomes.filter(({ outcome }) => outcome === 'NO_SPACE')).toHaveLength(40);
  expect(new Set((await stays(location)).map(({ spaceId }) => spaceId)).size).toBe(10);
});

describe('when the last space is being taken by somebody who has not committed', () => {
  const race = async (end: 'commit' | 'rollback') => {
    const location = await park.location([{ count: 1, kind: 'CAR' }]);
    let finish = () => {};
    let second: Promise<unknown> = Promise.resolve();
    let answered = false;
    const held = new Promise<void>((resolve) => (finish = resolve));
    const first = park.tickets.write(park.viewer, async (tx) => {
      await tx.one(sql`select * from spaces.claim_space(${location}, 'CAR', null, ${newId()}, ${NOON})`);
      second = park.claim(location);
      void second.then(() => (answered = true));
      await held;
      if (end === 'rollback') throw new Error('the barrier broke');
    });
    await sleep(200);
    const waited = !answered;
    finish();
    await first.catch(() => undefined);
    return { waited, second: (await second) as { outcome: string } };
  };

  test('the next vehicle waits, and gets the space when the first one rolls back', async () => {
    const { waited, second } = await race('rollback');
    expect([waited, second.outcome]).toEqual([true, 'CLAIMED']);
  });

  test('the next vehicle waits, and is refused when the first one commits', async () => {
    const { waited, second } = await race('commit');
    expect([waited, second.outcome]).toEqual([true, 'NO_SPACE']);
  });
});

test('two gates do not wait for each other while a second space is free', async () => {
  const location = await park.location([{ count: 2, kind: 'CAR' }]);
  await park.tickets.write(park.viewer, async (tx) => {
    await tx.one(sql`select * from spaces.claim_space(${location}, 'CAR', null, ${newId()}, ${NOON})`);
    expect(await park.claim(location)).toMatchObject({ outcome: 'CLAIMED' });
  });
  expect(await stays(location)).toHaveLength(2);
});

test('a wrong hint about a free space neither doubles a stay nor stops an entry', async () => {
  const location = await park.location([{ count: 2, kind: 'CAR' }]);
  const { spaceId } = await park.claim(location);
  const admin = new pg.Client({ connectionString: park.test.adminUrl });
  await admin.connect();
  await admin.query(`update spaces.vacancy set free_from = '2026-11-22T11:59:00Z' where space_id = $1`, [
    spaceId,
  ]);
  await admin.end();
  const next = await park.claim(location);
  expect(next.outcome).toBe('CLAIMED');
  expect(next.spaceId).not.toBe(spaceId);
  expect(await park.claim(location)).toMatchObject({ outcome: 'NO_SPACE' });
});

test('a released space can be claimed from the instant of its release, not before', async () => {
  const location = await park.location([{ count: 1, kind: 'CAR' }]);
  const ticketId = newId();
  const { spaceId } = await park.claim(location, { ticketId });
  expect(await park.release(ticketId, noonPlus(3600))).toBe(spaceId);
  expect(await park.release(ticketId, noonPlus(7200))).toBeNull();
  expect(await park.claim(location, { at: noonPlus(3000) })).toMatchObject({ outcome: 'NO_SPACE' });
  expect(await park.claim(location, { at: noonPlus(3600) })).toMatchObject({ outcome: 'CLAIMED', spaceId });
});

test('an entry by a clock that is behind the exit gate’s begins where the last stay ended', async () => {
  const location = await park.location([{ count: 1, kind: 'CAR' }]);
  const ticketId = newId();
  await park.claim(location, { ticketId });
  await park.release(ticketId, noonPlus(3600));
  expect(await park.claim(location, { at: noonPlus(3599) })).toMatchObject({ outcome: 'CLAIMED' });
  expect((await stays(location))[1]).toMatchObject({ beginsAt: noonPlus(3600), open: true });
});

test('an entry reported late gets a space that was free then, the one that was freed last', async () => {
  const location = await park.location([{ count: 3, kind: 'CAR' }]);
  const [early, late] = [newId(), newId()];
  const first = await park.claim(location, { ticketId: early });
  const second = await park.claim(location, { ticketId: late });
  await park.release(early, noonPlus(600));
  await park.release(late, noonPlus(1200));
  expect(await park.claim(location, { at: noonPlus(900) })).toMatchObject({ spaceId: first.spaceId });
  expect(await park.claim(location, { at: noonPlus(1200) })).toMatchObject({ spaceId: second.spaceId });
});

test('a stay of no length leaves its space free for others, also for earlier ones', async () => {
  const location = await park.location([{ count: 1, kind: 'CAR' }]);
  const ticketId = newId();
  await park.claim(location, { ticketId, at: noonPlus(3600) });
  await park.release(ticketId, noonPlus(3600));
  expect(await park.claim(location, { at: noonPlus(60) })).toMatchObject({ outcome: 'CLAIMED' });
});

test('vehicles go to spaces of their kind, and only a motorcycle also to one for cars', async () => {
  const location = await park.location([
    { count: 1, kind: 'CAR', prefix: 'C' },
    { count: 1, kind: 'MOTORCYCLE', prefix: 'M' },
    { count: 1, kind: 'ACCESSIBLE', prefix: 'A' },
  ]);
  const [car, motorcycle, accessible] = await park.spaceIds(location);
  expect(await park.claim(location, { kind: 'TRUCK' })).toMatchObject({ outcome: 'NO_SPACE' });
  expect(await park.claim(location, { kind: 'MOTORCYCLE' })).toMatchObject({ spaceId: motorcycle });
  expect(await park.claim(location, { kind: 'MOTORCYCLE' })).toMatchObject({ spaceId: car });
  expect(await park.claim(location)).toMatchObject({ outcome: 'NO_SPACE' });
  expect(await park.claim(location, { spaceId: accessible })).toMatchObject({ outcome: 'CLAIMED' });
});

test('a chosen space is given once; one of another location does not exist', async () => {
  const location = await park.location([{ count: 2, kind: 'CAR' }]);
  const elsewhere = await park.location([{ count: 1, kind: 'CAR' }]);
  const [, chosen] = await park.spaceIds(location);
  const both = await Promise.all([
    park.claim(location, { spaceId: chosen }),
    park.claim(location, { spaceId: chosen }),
  ]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['CLAIMED', 'SPACE_NOT_AVAILABLE']);
  expect(await park.claim(elsewhere, { spaceId: chosen })).toMatchObject({ outcome: 'NO_SUCH_SPACE' });
  expect(await park.claim(newId())).toMatchObject({ outcome: 'NO_LOCATION' });
});

test('a claim and its end are told, with the number of the space', async () => {
  const location = await park.location([{ count: 1, kind: 'CAR' }]);
  const ticketId = newId();
  await park.claim(location, { ticketId });
  await park.release(ticketId, noonPlus(60));
  const admin = new pg.Client({ connectionString: park.test.adminUrl });
  await admin.connect();
  const { rows } = await admin.query(
    `select type, data, occurred_at from events.event where location_id = $1 and type like 'space.%ed' order by seq`,
    [location],
  );
  await admin.end();
  const [spaceId] = await park.spaceIds(location);
  const what = { spaceId, number: '1', locationId: location };
  expect(rows).toEqual([
    { type: 'space.added', data: { ...what, kind: 'CAR' }, occurred_at: expect.any(Date) },
    { type: 'space.occupied', data: { ...what, ticketId }, occurred_at: NOON },
    { type: 'space.freed', data: { ...what, ticketId }, occurred_at: noonPlus(60) },
  ]);
});

test('in a location of 5,000 spaces that is 95 % full, a free one is found by reading a handful of pages', async () => {
  const location = await park.location([{ count: 5000, kind: 'CAR' }]);
  await park.tickets.write(park.viewer, (tx) =>
    tx.run(sql`select count(c.space_id) from generate_series(1, 4750) n
      cross join lateral spaces.claim_space(${location}, 'CAR', null, uuidv7(), ${NOON}) c`),
  );
  const admin = new pg.Client({ connectionString: park.test.adminUrl });
  await admin.connect();
  await admin.query('vacuum analyze spaces.vacancy, spaces.claim, spaces.space');
  await admin.end();
  const plan = await park.spaces.write(park.viewer, (tx) =>
    tx.rows<{ 'QUERY PLAN': string }>(sql`
      explain (analyze, buffers) select v.space_id from spaces.vacancy v
      where v.location_id = ${location} and v.kind = 'CAR' and v.free_from <= ${noonPlus(60)}
      order by v.free_from desc, v.space_id limit 1 for update skip locked`),
  );
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('Index Scan using vacancy_by_freedom');
  expect(Number(/Buffers: shared hit=(\d+)/.exec(text)?.[1])).toBeLessThan(20);
});
