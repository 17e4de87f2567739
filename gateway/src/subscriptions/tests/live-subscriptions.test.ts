import { jest } from '@jest/globals';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { frameOf, openGarage, type Garage } from './garage.js';

const OCCUPANCY = /* GraphQL */ `
  subscription ($at: ID!, $every: Int) {
    occupancyChanged(locationId: $at, throttleMs: $every) {
      name
      occupied
      open
    }
  }
`;

let garage: Garage;
beforeAll(async () => {
  garage = await openGarage();
});
afterAll(() => garage.close());

async function occupied(count: number) {
  garage.facts.occupied = count;
  await garage.happens({ locationId: garage.locationId, type: 'space.occupied' });
}

test('the present state comes first, then the newest after each change, across subgraphs', async () => {
  await occupied(1);
  const stream = await garage.subscribe(OCCUPANCY, { at: garage.locationId });
  expect((await frameOf(stream)).data).toEqual({
    occupancyChanged: { name: 'Harbour', occupied: 1, open: 7 },
  });
  const next = frameOf(stream);
  await occupied(2);
  expect((await next).data.occupancyChanged.occupied).toBe(2);
  await stream.return();
});

test('changes that come faster than they are taken are one frame with the newest state', async () => {
  const stream = await garage.subscribe(OCCUPANCY, { at: garage.locationId, every: 0 });
  await frameOf(stream);
  await occupied(10);
  // what waits to be taken makes the client a busy one
  while (stream.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let count = 11; count <= 40; count += 1) await occupied(count);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const taken = [await frameOf(stream), await frameOf(stream)];
  expect(taken[1]?.data.occupancyChanged.occupied).toBe(40);
  const next = stream.next();
  expect(await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))])).toBe(
    'nothing',
  );
  await stream.return();
});

test('the throttle keeps frames apart and still ends with the newest state', async () => {
  const stream = await garage.subscribe(OCCUPANCY, { at: garage.locationId, every: 300 });
  await frameOf(stream);
  const began = performance.now();
  const next = frameOf(stream);
  await occupied(50);
  await occupied(51);
  expect((await next).data.occupancyChanged.occupied).toBe(51);
  expect(performance.now() - began).toBeGreaterThan(200);
  await stream.return();
});

test('events of other types and other locations cause no frame', async () => {
  const stream = await garage.subscribe(OCCUPANCY, { at: garage.locationId });
  await frameOf(stream);
  const next = stream.next();
  await garage.happens({ locationId: newId(), type: 'space.occupied' }, { locationId: garage.locationId });
  expect(await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 300, 'nothing'))])).toBe(
    'nothing',
  );
  await stream.return();
  expect((await next).done).toBe(true);
});

test('an entity that does not exist for the viewer keeps the subscription from beginning, and is no fault of ours', async () => {
  const logged = jest.spyOn(silent, 'error');
  const missing = expect.objectContaining({ extensions: { code: 'NOT_FOUND' } });
  const { locationId, viewer } = garage;
  await expect(garage.subscribe(OCCUPANCY, { at: newId() })).rejects.toEqual(missing);
  await expect(garage.subscribe(OCCUPANCY, { at: 'nowhere' })).rejects.toEqual(missing);
  await expect(garage.subscribe(OCCUPANCY, { at: locationId }, testViewer())).rejects.toEqual(missing);
  const restricted = { ...viewer, locationIds: [newId()] };
  await expect(garage.subscribe(OCCUPANCY, { at: locationId }, restricted)).rejects.toEqual(missing);
  expect(logged).not.toHaveBeenCalled();
});

test('a location that is not there is called so, whatever is told of it', async () => {
  for (const field of ['occupancyChanged', 'locationFigures']) {
    const query = `subscription ($at: ID!) { ${field}(locationId: $at) { occupied } }`;
    for (const at of [newId(), 'nowhere'])
      await expect(garage.subscribe(query, { at })).rejects.toThrow('The location was not found.');
  }
});

test('a client who leaves during the throttle’s pause is let go at once', async () => {
  const stream = await garage.subscribe(OCCUPANCY, { at: garage.locationId, every: 60_000 });
  await frameOf(stream);
  const pending = stream.next();
  await occupied(60);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await stream.return();
  expect((await pending).done).toBe(true);
});
