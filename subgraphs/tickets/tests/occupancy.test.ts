import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { enter } from '../src/database/entry.queries.js';
import { newTicketCode } from '../src/domain/ticket-code.js';
import { voidTicket } from '../src/use-cases/void-ticket.js';
import { Gate, newPlate, NOON, noonPlus } from './gate.js';

let gate: Gate;
beforeAll(async () => (gate = await Gate.open()));
afterAll(() => gate.close());
afterEach(() => gate.clock.set(NOON));

/** A location whose tariff asks how full it is, as payments tells when such a tariff is published. */
async function countedLocation(spaces: number): Promise<string> {
  const locationId = await gate.location(spaces);
  await gate.asPayments(sql`select tickets.remember_occupancy(${locationId})`);
  return locationId;
}

/** A vehicle that enters so many seconds after noon, and what its ticket remembers. */
async function shareAt(locationId: string, seconds: number): Promise<number | null> {
  const enteredAt = noonPlus(seconds);
  if (gate.clock.now() < enteredAt) gate.clock.set(enteredAt);
  return (await gate.ticket(locationId, { enteredAt })).occupancyAtEntry;
}

const remembered = async (ticketId: string) => {
  const [stay] = await gate.asPayments<{ occupancy: number | null }>(
    sql`select occupancy from tickets.read_stays(array[${ticketId}]::uuid[])`,
  );
  return stay?.occupancy;
};

test('a ticket remembers the share of places that were taken before it, itself not counted', async () => {
  const locationId = await countedLocation(4);
  const shares = [];
  for (const seconds of [0, 0, 60, 120]) shares.push(await shareAt(locationId, seconds));
  expect(shares).toEqual([0, 0.25, 0.5, 0.75]);
});

test('a location whose tariff does not ask is not counted', async () => {
  const locationId = await gate.location(2);
  expect(await shareAt(locationId, 0)).toBeNull();
  for (let twice = 0; twice < 2; twice += 1) {
    await gate.asPayments(sql`select tickets.remember_occupancy(${locationId})`);
  }
  expect(await shareAt(locationId, 60)).toBe(0.5);
});

test('an entry that is reported late remembers what it was like then', async () => {
  const locationId = await countedLocation(10);
  await shareAt(locationId, -7200);
  await shareAt(locationId, 0);
  await shareAt(locationId, 0);
  expect(await shareAt(locationId, -3600)).toBe(0.1);
  expect(await shareAt(locationId, -9000)).toBe(0);
});

test('what it remembers stays, whatever becomes of the other vehicles and of itself', async () => {
  const locationId = await countedLocation(2);
  const first = await gate.ticket(locationId);
  const second = await gate.ticket(locationId);
  await voidTicket(gate.on(), { ticketId: first.id });
  await gate.asPayments(sql`select tickets.close_stay(${second.id}, ${noonPlus(60)})`);
  expect([await remembered(first.id), await remembered(second.id)]).toEqual([0, 0.5]);
});

test('nobody writes another share than the database counted', async () => {
  const locationId = await countedLocation(3);
  const { id, spaceId, vehicleId } = await gate.ticket(locationId);
  for (const change of [sql`occupancy_at_entry = 0.9`, sql`entered_at = ${noonPlus(-60)}`]) {
    const later = gate.tickets.write(gate.viewer, (tx) =>
      tx.run(sql`update tickets.ticket set ${change} where id = ${id}`),
    );
    await expect(later).rejects.toThrow('What was noted at the entry is never changed.');
  }
  await voidTicket(gate.on(), { ticketId: id });
  const told = await gate.tickets.write(gate.viewer, (tx) =>
    tx.one(sql`
      insert into tickets.ticket (code, location_id, space_id, vehicle_id, vehicle_kind, entered_at, changed_at,
        occupancy_at_entry)
      values (${newTicketCode()}, ${locationId}, ${spaceId}, ${vehicleId}, 'CAR', ${NOON}, ${NOON}, 0.9)
      returning occupancy_at_entry as share`),
  );
  expect(told).toEqual({ share: 0 });
});

test('an entry does not wait for another one to know the share, and does not count what may yet roll back', async () => {
  const locationId = await countedLocation(4);
  await gate.tickets.write(gate.viewer, async (tx) => {
    const arrival = { ticketId: newId(), vehicleId: newId(), code: newTicketCode(), plate: newPlate() };
    const rest = { locationId, spaceId: null, vehicleKind: null, enteredAt: NOON };
    expect((await enter(tx, { ...arrival, ...rest })).ticket?.occupancyAtEntry).toBe(0);
    expect(await shareAt(locationId, 0)).toBe(0);
  });
  expect(await shareAt(locationId, 0)).toBe(0.5);
});

test('forty vehicles at once each remember a share that was true at some moment of the rush', async () => {
  const locationId = await countedLocation(40);
  const tickets = await Promise.all(Array.from({ length: 40 }, () => gate.ticket(locationId)));
  const shares = tickets.map(({ occupancyAtEntry }) => Math.round((occupancyAtEntry ?? -1) * 40));
  for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
  // the n-th to commit cannot have seen more than n - 1 others
  shares.sort((a, b) => a - b).forEach((share, place) => expect(share).toBeLessThanOrEqual(place));
});

test('a stranger does not learn how full a location is', async () => {
  const locationId = await gate.location(2);
  await gate.ticket(locationId);
  const ask = sql`select spaces.utilization_at(${locationId}, ${noonPlus(1)}, ${newId()}) as share`;
  expect(await gate.tickets.read(gate.viewer, (tx) => tx.one(ask))).toEqual({ share: 0.5 });
  expect(await gate.tickets.read(testViewer(), (tx) => tx.one(ask))).toEqual({ share: null });
});
