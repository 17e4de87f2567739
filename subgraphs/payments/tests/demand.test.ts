import { publishTariff } from '../src/use-cases/publish-tariff.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { Gate, minute } from './gate.js';
import { HOURLY } from './payments-fixture.js';

let gate: Gate;
beforeAll(async () => {
  gate = await Gate.open();
  gate.on.clock.set(minute(1000));
});
afterAll(() => gate.close());

/** Two euros an hour; three from half of the places on. */
const BUSY: TariffRulesInput = { ...HOURLY, demand: { levels: [{ from: 0.5, factor: 1.5 }] } };

test('a ticket is priced by how full its location was when the vehicle came, whoever comes and goes later', async () => {
  const locationId = await gate.location(BUSY, 4);
  const tickets = [];
  for (const at of [0, 1, 2, 3]) tickets.push(await gate.enter(locationId, at));
  const [first, second, third] = tickets as [string, string, string, string];
  const due = async (ticketId: string) => (await gate.quote(ticketId, 50)).due;
  expect(await Promise.all(tickets.map(due))).toEqual([200, 200, 300, 300]);
  await gate.payAndLeave(first, 50);
  await gate.payAndLeave(second, 50);
  expect(await gate.pay(third, 50)).toBe(300);
});

test('a location is counted from the publication of a tariff that asks for it on', async () => {
  const locationId = await gate.location(HOURLY, 2);
  await gate.enter(locationId, 0);
  const before = await gate.enter(locationId, 1);
  await gate.payAndLeave(before, 10);
  const published = await publishTariff(gate.on.as(), {
    locationId,
    name: 'Busy',
    tariff: BUSY,
    effectiveFrom: minute(1001),
  });
  expect(published.__typename).toBe('TariffPublished');
  gate.on.clock.set(minute(1010));
  const after = await gate.enter(locationId, 1002);
  expect((await gate.quote(after, 1003)).due).toBe(300);
  expect((await gate.quote(before, 10)).total).toBe(200);
});
