import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { takeSpaceOutOfService } from '../src/use-cases/take-space-out-of-service.js';
import { CarPark, NOON, noonPlus } from './car-park.js';

let park: CarPark;
beforeAll(async () => (park = await CarPark.open()));
afterAll(() => park.test.drop());

const share = async (locationId: string, at: Date, besides = newId()) => {
  const { taken } = await park.tickets.read(park.viewer, (tx) =>
    tx.one<{ taken: number | null }>(
      sql`select spaces.utilization_at(${locationId}, ${at}, ${besides}) as taken`,
    ),
  );
  return taken;
};

test('places out of service count neither as taken nor as there', async () => {
  const locationId = await park.location([{ count: 4, kind: 'CAR' }]);
  const [spaceId] = await park.spaceIds(locationId);
  await takeSpaceOutOfService(park.on(), { spaceId: spaceId as string });
  const ticketId = newId();
  await park.claim(locationId, { ticketId });
  expect(await share(locationId, noonPlus(1))).toBeCloseTo(1 / 3);
  expect(await share(locationId, noonPlus(1), ticketId)).toBe(0);
});

test('a location without a place in service has no share', async () => {
  expect(await share(await park.location([]), NOON)).toBeNull();
});

test('a stay counts from its beginning to its end', async () => {
  const locationId = await park.location([{ count: 2, kind: 'CAR' }]);
  const ticketId = newId();
  await park.claim(locationId, { ticketId });
  await park.release(ticketId, noonPlus(60));
  const shares = await Promise.all([-1, 0, 59, 60].map((seconds) => share(locationId, noonPlus(seconds))));
  expect(shares).toEqual([0, 0.5, 0.5, 0]);
});
