import { sql } from '@plaza/platform/database/sql';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { readStayAccounts } from '../src/database/stay-account.queries.js';
import { publishTariff } from '../src/use-cases/publish-tariff.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { Gate, minute } from './gate.js';
import { HOURLY } from './payments-fixture.js';

let gate: Gate;
beforeAll(async () => {
  gate = await Gate.open();
  gate.on.clock.set(minute(5000));
});
afterAll(() => gate.close());

/** Two euros an hour, ten minutes free; whoever comes back within half an hour goes on with the stay. */
const RETURNING: TariffRulesInput = {
  ...HOURLY,
  graces: { entry: 10, exit: 15, reentry: 30 },
  caps: [{ amount: '5.00', per: 'HOURS_24' }],
};

let plates = 0;
const newPlate = () => `BACK${(plates += 1)}`;

/** A vehicle that comes and goes; what each of its tickets was paid. */
async function drives(locationId: string, plate: string, ...stays: [from: number, to: number][]) {
  const paid = [];
  for (const [from, to] of stays)
    paid.push(await gate.payAndLeave(await gate.enter(locationId, from, plate), to));
  return paid;
}

test('whoever comes back soon goes on with the stay: its hours, its maximum, and no free minutes again', async () => {
  const locationId = await gate.location(RETURNING);
  // an hour is begun at 0 and at 80; what comes at 115 goes beyond it, to the maximum
  const stays: [number, number][] = [
    [0, 50],
    [80, 95],
    [100, 110],
    [115, 300],
  ];
  expect(await drives(locationId, newPlate(), ...stays)).toEqual([200, 200, 0, 100]);
  expect(await drives(locationId, newPlate(), [400, 408], [410, 415])).toEqual([0, 200]);
});

test('whoever comes back later begins another stay', async () => {
  const locationId = await gate.location(RETURNING);
  expect(await drives(locationId, newPlate(), [0, 50], [81, 89])).toEqual([200, 0]);
  expect(await drives(locationId, newPlate(), [0, 50], [80, 88])).toEqual([200, 200]);
});

test('a tariff without returning, another vehicle and another location know nothing of it', async () => {
  const [locationId, elsewhere] = [await gate.location(RETURNING), await gate.location(RETURNING)];
  const plate = newPlate();
  expect(await drives(locationId, plate, [0, 60])).toEqual([200]);
  expect(await drives(elsewhere, plate, [76, 84])).toEqual([0]);
  expect(await drives(locationId, newPlate(), [76, 84])).toEqual([0]);
  const plain = await gate.location({ ...RETURNING, graces: { entry: 10, exit: 15 } });
  expect(await drives(plain, newPlate(), [0, 60], [76, 84])).toEqual([200, 0]);
});

test('the quote shows the whole stay and what was charged before, and names the version that binds', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  await drives(locationId, plate, [0, 50]);
  const dearer = { ...RETURNING, bands: [{ steps: [{ minutes: 60, price: '9.00' }] }], caps: [] };
  await publishTariff(gate.on.as(), { locationId, name: 'Dear', tariff: dearer, effectiveFrom: minute(55) });
  const back = await gate.enter(locationId, 60, plate);
  const { lines, total } = await gate.quote(back, 75);
  expect(lines.map(({ rule, amount, from, to }) => [rule, amount, from, to])).toEqual([
    ['INCREMENT', 400, minute(0), minute(75)],
    ['EARLIER_PART', -200, minute(0), minute(50)],
  ]);
  expect(total).toBe(200);
  const versions = async (...ids: string[]) => {
    const accounts = await gate.on.database.read(gate.on.viewer, (tx) => readStayAccounts(tx, ids));
    return accounts.map(({ tariffVersionId }) => tariffVersionId);
  };
  const [first] = await gate.on.see<{ id: string }>(
    'select id from payments.tariff_version where location_id = $1 and number = 1',
    [locationId],
  );
  expect(await versions(back)).toEqual([first?.id]);
});

test('a void ticket is no part of a stay', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  await gate.on.mark(await gate.enter(locationId, 0, plate), 'VOID');
  expect(await drives(locationId, plate, [20, 28])).toEqual([0]);
  const lastly = await gate.enter(locationId, 30, plate);
  expect((await gate.quote(lastly, 35)).total).toBe(200);
  await gate.on.mark(lastly, 'VOID');
  expect(await gate.quote(lastly, 35)).toMatchObject({ total: 0, lines: [{ rule: 'VOID' }] });
});

test('it is the instant of the entry that counts, not when it is reported', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  await drives(locationId, plate, [0, 50]);
  gate.on.clock.set(minute(5000));
  const reportedLate = await gate.enter(locationId, 70, plate);
  expect((await gate.quote(reportedLate, 75)).total).toBe(200);
});

test('what is reported afterwards from before changes nothing of a stay that was paid', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  const later = await gate.enter(locationId, 110, plate);
  expect(await gate.payAndLeave(later, 118)).toBe(0);
  expect(await drives(locationId, plate, [40, 90])).toEqual([200]);
  expect((await gate.quote(later, 118)).total).toBe(0);
});

test('whoever left within the grace of a payment and is back may leave within it again', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  const first = await gate.enter(locationId, 0, plate);
  await gate.pay(first, 60);
  await gate.leave(first, 65);
  const back = await gate.enter(locationId, 68, plate);
  expect((await gate.quote(back, 75)).due).toBe(0);
  expect((await gate.quote(back, 76)).due).toBe(200);
});

test('many stays are read at once, each with its own parts', async () => {
  const locationId = await gate.location(RETURNING);
  const [one, other, third] = [newPlate(), newPlate(), newPlate()];
  await drives(locationId, one, [0, 50], [60, 70]);
  await drives(locationId, other, [0, 30]);
  const ids: string[] = [];
  for (const plate of [one, other, third]) ids.push(await gate.enter(locationId, 80, plate));
  const accounts = await gate.on.database.read(gate.on.viewer, (tx) => readStayAccounts(tx, ids));
  const parts = new Map(accounts.map(({ ticketId, earlier }) => [ticketId, earlier.length]));
  expect(ids.map((id) => parts.get(id))).toEqual([2, 0, 0]);
});

test('a payment and an exit at once, of a stay that goes on, charge what it adds once', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  await drives(locationId, plate, [0, 50]);
  const back = await gate.enter(locationId, 60, plate);
  const paid = await Promise.all(Array.from({ length: 8 }, () => gate.pay(back, 75)));
  expect(paid.toSorted((a, b) => b - a)).toEqual([200, 0, 0, 0, 0, 0, 0, 0]);
  await gate.leave(back, 75);
  expect(await gate.quote(back, 75)).toMatchObject({ total: 200, balance: 0 });
});

test('another tenant learns nothing of an earlier stay', async () => {
  const locationId = await gate.location(RETURNING);
  const plate = newPlate();
  await drives(locationId, plate, [0, 50]);
  const back = await gate.enter(locationId, 60, plate);
  const ask = sql`select ticket_id from tickets.read_earlier_stay(${back}, interval '1 day')`;
  expect(await gate.on.database.read(gate.on.viewer, (tx) => tx.rows(ask))).toHaveLength(1);
  expect(await gate.on.database.read(testViewer(), (tx) => tx.rows(ask))).toEqual([]);
});
