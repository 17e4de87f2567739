import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { addSpaces } from '../src/use-cases/add-spaces.js';
import { createLocation, type CreateLocationInput } from '../src/use-cases/create-location.js';
import { returnSpaceToService } from '../src/use-cases/return-space-to-service.js';
import { takeSpaceOutOfService } from '../src/use-cases/take-space-out-of-service.js';
import { updateSpace } from '../src/use-cases/update-space.js';
import { CarPark, noonPlus } from './car-park.js';

let park: CarPark;
beforeAll(async () => (park = await CarPark.open()));
afterAll(() => park.test.drop());

const numbersOf = async (locationId: string) =>
  (
    await park.rows<{ number: string }>(
      sql`select number from spaces.space where location_id = ${locationId} order by id`,
    )
  ).map(({ number }) => number);

const bullRing: CreateLocationInput = { name: 'Bull Ring', timeZone: 'Europe/London', currencyCode: 'GBP' };

test('a location is opened with its spaces, in order and in their zones, in one transaction', async () => {
  const { location } = await createLocation(park.on(), {
    ...bullRing,
    address: { city: 'Birmingham', countryCode: 'GB' },
    coordinates: { latitude: 52.4775, longitude: -1.8936 },
    spaces: [
      { prefix: 'A-', count: 11, kind: 'CAR', zone: 'Level 1' },
      { prefix: 'E-', count: 1, kind: 'EV', zone: 'Level 2', features: ['charger'] },
    ],
  });
  expect(location).toMatchObject({ name: 'Bull Ring', city: 'Birmingham', latitude: 52.4775, street: null });
  expect((await numbersOf(location.id)).slice(8)).toEqual(['A-9', 'A-10', 'A-11', 'E-1']);
  const zones = await park.rows(sql`
    select z.name, count(*), min(s.features::text) as features from spaces.space s join spaces.zone z on z.id = s.zone_id
    where s.location_id = ${location.id} group by z.name order by z.name`);
  expect(zones).toEqual([
    { name: 'Level 1', count: 11, features: '{}' },
    { name: 'Level 2', count: 1, features: '{charger}' },
  ]);
});

test('the same idempotency key ten times at once opens one location', async () => {
  const input = { ...bullRing, name: 'Once', idempotencyKey: newId() };
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => createLocation(park.on(), input)));
  expect(new Set(outcomes.map(({ location }) => location.id)).size).toBe(1);
  await expect(createLocation(park.on(), { ...input, name: 'Twice' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('5,000 spaces are added at once, and tell of themselves', async () => {
  const locationId = await park.location([]);
  const outcome = await addSpaces(park.on(), {
    locationId,
    ranges: [{ count: 5000, digits: 4, kind: 'CAR' }],
  });
  expect(outcome).toMatchObject({ __typename: 'SpacesAdded', count: 5000 });
  const numbers = await numbersOf(locationId);
  expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([5000, '0001', '5000']);
});

test('a taken number stops the whole range, also when two add it at once', async () => {
  const locationId = await park.location([{ prefix: 'A', from: 3, count: 1, kind: 'CAR' }]);
  const ranges = [{ prefix: 'A', count: 5, kind: 'CAR' as const }];
  expect(await addSpaces(park.on(), { locationId, ranges })).toMatchObject({
    __typename: 'SpaceNumberTaken',
    numbers: ['A3'],
  });
  expect(await numbersOf(locationId)).toEqual(['A3']);
  const same = [{ prefix: 'B', count: 20, kind: 'CAR' as const }];
  const both = await Promise.all([1, 2].map(() => addSpaces(park.on(), { locationId, ranges: same })));
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['SpaceNumberTaken', 'SpacesAdded']);
});

test('a space is renumbered, moved to a new zone and out of it, and its kind decides who is sent there', async () => {
  const locationId = await park.location([{ count: 2, kind: 'CAR' }]);
  const [spaceId = ''] = await park.spaceIds(locationId);
  const change = { spaceId, number: ' T1 ', kind: 'TRUCK' as const, zone: 'Yard', features: ['Wide'] };
  const updated = await updateSpace(park.on(), change);
  expect(updated).toMatchObject({
    __typename: 'SpaceUpdated',
    space: { number: 'T1', kind: 'TRUCK', features: ['wide'] },
  });
  expect(await park.claim(locationId, { kind: 'TRUCK' })).toMatchObject({ outcome: 'CLAIMED', spaceId });
  expect(await updateSpace(park.on(), { spaceId, zone: null })).toMatchObject({
    space: { number: 'T1', zoneId: null },
  });
  expect(await updateSpace(park.on(), { spaceId, number: '2' })).toMatchObject({
    __typename: 'SpaceNumberTaken',
    numbers: ['2'],
  });
});

test('a space out of service is given to nobody until it returns, and both may be said twice', async () => {
  const locationId = await park.location([{ count: 1, kind: 'CAR' }]);
  const [spaceId = ''] = await park.spaceIds(locationId);
  const take = { spaceId, reason: 'Resurfacing', idempotencyKey: newId() };
  const taken = await takeSpaceOutOfService(park.on(), take);
  expect(taken).toMatchObject({ __typename: 'SpaceTakenOutOfService', space: { status: 'OUT_OF_SERVICE' } });
  expect((await takeSpaceOutOfService(park.on(), { spaceId })).__typename).toBe('SpaceTakenOutOfService');
  expect(await park.claim(locationId, { at: noonPlus(10) })).toMatchObject({ outcome: 'NO_SPACE' });
  park.clock.set(noonPlus(60));
  for (let time = 0; time < 2; time += 1) {
    expect(await returnSpaceToService(park.on(), { spaceId })).toMatchObject({ space: { status: 'FREE' } });
  }
  expect(await park.claim(locationId, { at: noonPlus(60) })).toMatchObject({ outcome: 'CLAIMED' });
  expect(await takeSpaceOutOfService(park.on(), take)).toEqual(taken);
  expect(await takeSpaceOutOfService(park.on(), { spaceId })).toMatchObject({
    __typename: 'SpaceOccupied',
    space: { status: 'OCCUPIED' },
  });
  expect((await returnSpaceToService(park.on(), { spaceId })).__typename).toBe('SpaceOccupied');
});

test('a vehicle and a block that want the same space at once: one of them gets it', async () => {
  const locationId = await park.location([{ count: 20, kind: 'CAR' }]);
  const spaceIds = await park.spaceIds(locationId);
  const outcomes = await Promise.all(
    spaceIds.map(async (spaceId) => {
      const [entry, block] = await Promise.all([
        park.claim(locationId, { spaceId }),
        takeSpaceOutOfService(park.on(), { spaceId }),
      ]);
      return [entry.outcome, block.__typename].join();
    }),
  );
  for (const outcome of outcomes) {
    expect(['CLAIMED,SpaceOccupied', 'SPACE_NOT_AVAILABLE,SpaceTakenOutOfService']).toContain(outcome);
  }
});

test.each([
  ['createLocation', 'locations:write', () => createLocation(park.on(testViewer({ scopes: [] })), bullRing)],
  [
    'addSpaces',
    'spaces:write',
    () => addSpaces(park.on(testViewer({ scopes: [] })), { locationId: '', ranges: [] }),
  ],
  ['updateSpace', 'spaces:write', () => updateSpace(park.on(testViewer({ scopes: [] })), { spaceId: '' })],
  [
    'takeSpaceOutOfService',
    'spaces:write',
    () => takeSpaceOutOfService(park.on(testViewer({ scopes: [] })), { spaceId: '' }),
  ],
  [
    'returnSpaceToService',
    'spaces:write',
    () => returnSpaceToService(park.on(testViewer({ scopes: [] })), { spaceId: '' }),
  ],
])('%s takes the scope %s', async (_story, scope, attempt) => {
  await expect(attempt()).rejects.toMatchObject({
    code: 'FORBIDDEN',
    extensions: { requiredScopes: [scope] },
  });
});

test('ids that are unknown, foreign or no ids at all are not found', async () => {
  const theirs = await park.location([{ count: 1, kind: 'CAR' }], testViewer());
  const ranges = [{ count: 1, kind: 'CAR' as const }];
  for (const id of [newId(), theirs, 'nonsense']) {
    await expect(addSpaces(park.on(), { locationId: id, ranges })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(updateSpace(park.on(), { spaceId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(takeSpaceOutOfService(park.on(), { spaceId: id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(returnSpaceToService(park.on(), { spaceId: id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }
});
