import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { readSeries } from '../replay/csv.js';
import { replay } from '../replay/replay.js';
import { registerOrganization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

const DAY = join(import.meta.dirname, 'fixtures/birmingham-2016-10-05-ten-parks.csv');

let database: TestDatabase;
let plaza: RunningPlaza;

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database);
}, 90_000);
afterAll(async () => {
  expect(await plaza.stop()).toBe(0);
  await database.drop();
});

test('a whole day of ten real car parks replays, and the occupancy is right at every recorded instant', async () => {
  const { client } = await registerOrganization(plaza.url);
  const series = await readSeries(DAY, { timeZone: 'Europe/London' });
  const { tally } = await replay(
    series,
    {
      url: plaza.url,
      token: client.token ?? null,
      timeZone: 'Europe/London',
      currency: 'GBP',
      speed: null,
      concurrency: 8,
      seed: '1',
    },
    {
      signal: new AbortController().signal,
      out: { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream,
    },
  );
  expect(tally.firstMismatches).toEqual([]);
  expect([...tally.refusals]).toEqual([]);
  expect(tally).toMatchObject({ entries: 3640, exits: 945, instants: 180, mismatches: 0 });
  expect(tally.paid + tally.free).toBe(945);
}, 180_000);
