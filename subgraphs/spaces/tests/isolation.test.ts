import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import pg from 'pg';
import { readOccupancies } from '../src/database/claim.queries.js';
import { addSpaces } from '../src/use-cases/add-spaces.js';
import { createLocation } from '../src/use-cases/create-location.js';
import { CarPark, NOON } from './car-park.js';

let park: CarPark;
let ours: string;
let second: string;
const stranger = testViewer();

beforeAll(async () => {
  park = await CarPark.open();
  ours = await park.location([{ count: 2, kind: 'CAR', zone: 'Level 1' }]);
  second = await park.location([{ count: 2, kind: 'CAR', zone: 'Level 1' }]);
  await park.claim(ours);
  await park.claim(second);
});
afterAll(() => park.test.drop());

const TABLES = ['location', 'zone', 'space', 'claim', 'vacancy'];
const countIn = async (table: string, viewer = park.viewer) =>
  (await park.rows<{ count: number }>(sql`select count(*) from spaces.${sql.raw(table)}`, viewer))[0]?.count;

test.each(TABLES)('another tenant sees nothing in spaces.%s', async (table) => {
  expect(await countIn(table)).toBeGreaterThan(0);
  expect(await countIn(table, stranger)).toBe(0);
});

test.each(TABLES)('somebody who may see one location sees only its rows of spaces.%s', async (table) => {
  const all = (await countIn(table)) ?? 0;
  const one = { ...park.viewer, locationIds: [ours] };
  expect(await countIn(table, one)).toBe(all / 2);
  expect(await countIn(table, { ...park.viewer, locationIds: [] })).toBe(0);
});

test('a row cannot be written for another tenant, or for a location that the viewer may not see', async () => {
  const insert = (viewer: typeof stranger, locationId: string, tenantId: string) =>
    park.spaces.write(viewer, (tx) =>
      tx.run(
        sql`insert into spaces.zone (tenant_id, location_id, name) values (${tenantId}, ${locationId}, 'x')`,
      ),
    );
  const restricted = { ...park.viewer, locationIds: [ours] };
  await expect(insert(stranger, ours, park.viewer.tenantId)).rejects.toThrow('row-level security');
  await expect(insert(restricted, second, park.viewer.tenantId)).rejects.toThrow('row-level security');
});

test('the contract functions know only what the caller may see', async () => {
  expect(await park.claim(ours, { viewer: stranger })).toMatchObject({ outcome: 'NO_LOCATION' });
  expect(await park.claim(ours, { viewer: { ...park.viewer, locationIds: [second] } })).toMatchObject({
    outcome: 'NO_LOCATION',
  });
  const ticketId = newId();
  await park.claim(ours, { ticketId });
  expect(await park.release(ticketId, NOON, stranger)).toBeNull();
  const read = (viewer: typeof stranger) =>
    park.tickets.read(viewer, (tx) =>
      tx.rows(sql`select * from spaces.read_locations(array[${ours}]::uuid[])`),
    );
  expect(await read(stranger)).toEqual([]);
  expect(await read(park.viewer)).toEqual([
    { location_id: ours, time_zone: 'Europe/London', currency_code: 'GBP', name: 'Bull Ring' },
  ]);
  const occupancies = await park.spaces.read(stranger, (tx) => readOccupancies(tx, [ours], NOON));
  expect(occupancies.size).toBe(0);
});

test('stories of somebody who may see one location stay there', async () => {
  const restricted = { ...park.viewer, locationIds: [ours] };
  const ranges = [{ prefix: 'Z', count: 1, kind: 'CAR' as const }];
  await expect(addSpaces(park.on(restricted), { locationId: second, ranges })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const input = { name: 'Unseen', timeZone: 'UTC', currencyCode: 'EUR' };
  await expect(createLocation(park.on(restricted), input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test.each(['tickets', 'payments', 'identity', 'partners', 'gateway'] as const)(
  'the role of %s can neither read nor write the tables of spaces',
  async (role) => {
    const client = new pg.Client({ connectionString: park.test.url(role) });
    await client.connect();
    for (const table of [...TABLES, 'idempotency_key']) {
      await expect(client.query(`select from spaces.${table}`)).rejects.toThrow('permission denied');
      await expect(client.query(`delete from spaces.${table}`)).rejects.toThrow('permission denied');
    }
    await client.end();
  },
);

test.each([
  ['payments', `spaces.claim_space(null, 'CAR', null, null, now())`],
  ['payments', `spaces.release_space(null, now())`],
  ['identity', `spaces.read_locations('{}')`],
  ['payments', `spaces.utilization_at(null, now(), null)`],
] as const)('the role of %s cannot call %s', async (role, call) => {
  const client = new pg.Client({ connectionString: park.test.url(role) });
  await client.connect();
  await expect(client.query(`select ${call}`)).rejects.toThrow('permission denied');
  await client.end();
});
