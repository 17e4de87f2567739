import { occupancyOf } from './occupancy.js';

const asOf = new Date('2026-11-22T08:00:00Z');

test('what is neither occupied nor reserved nor out of service is available', () => {
  const occupancy = occupancyOf({ total: 10, occupied: 4, reserved: 1, outOfService: 2 }, asOf);
  expect(occupancy).toMatchObject({ available: 3, utilization: 0.5, asOf });
});

test('a location without spaces, or with all of them out of service, is used by nobody', () => {
  expect(occupancyOf({ total: 0, occupied: 0, reserved: 0, outOfService: 0 }, asOf)).toMatchObject({
    available: 0,
    utilization: 0,
  });
  expect(occupancyOf({ total: 3, occupied: 0, reserved: 0, outOfService: 3 }, asOf).utilization).toBe(0);
});
