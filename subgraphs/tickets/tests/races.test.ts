import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { enter } from '../src/database/entry.queries.js';
import { newTicketCode } from '../src/domain/ticket-code.js';
import { recordEntry } from '../src/use-cases/record-entry.js';
import { registerCustomer } from '../src/use-cases/register-customer.js';
import { voidTicket } from '../src/use-cases/void-ticket.js';
import { Gate, newPlate, NOON } from './gate.js';

let gate: Gate;
beforeAll(async () => (gate = await Gate.open()));
afterAll(() => gate.close());

const tally = (outcomes: { __typename: string }[]) =>
  outcomes.reduce<Record<string, number>>(
    (all, { __typename }) => ({ ...all, [__typename]: (all[__typename] ?? 0) + 1 }),
    {},
  );

test('fifty cars at once for the last ten spaces: ten enter, forty are refused, no space has two stays', async () => {
  const locationId = await gate.location(12);
  await gate.ticket(locationId);
  await gate.ticket(locationId);
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => gate.enter(locationId)));
  expect(tally(outcomes)).toEqual({ VehicleEntered: 10, NoSpaceAvailable: 40 });
  const spaces = await gate.truth(
    'select distinct space_id from tickets.ticket where location_id = $1',
    locationId,
  );
  expect(spaces).toHaveLength(12);
  expect(await gate.inside(locationId)).toEqual({ claims: 12, tickets: 12 });
});

test('a car that is turned away leaves nothing behind, not even its plate', async () => {
  const locationId = await gate.location(0);
  const plate = newPlate();
  expect(await gate.enter(locationId, { plate })).toMatchObject({
    __typename: 'NoSpaceAvailable',
    location: { id: locationId },
  });
  expect(await gate.truth('select from tickets.vehicle where plate = $1', plate)).toEqual([]);
  expect(await gate.told(locationId)).toEqual([]);
});

test('the same plate twice at once: one ticket, and the other is told which', async () => {
  for (const known of [false, true]) {
    const locationId = await gate.location(5);
    const plate = newPlate();
    if (known) await gate.ticket(await gate.location(1), { plate });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => gate.enter(locationId, { plate })));
    expect(tally(outcomes)).toEqual({ VehicleEntered: 1, VehicleAlreadyInside: 7 });
    expect(new Set(outcomes.map((outcome) => 'ticket' in outcome && outcome.ticket.id)).size).toBe(1);
    expect(await gate.inside(locationId)).toEqual({ claims: 1, tickets: 1 });
    expect(await gate.told(locationId)).toEqual(['space.occupied', 'ticket.entered']);
  }
});

test('the same idempotency key ten times at once: one ticket, ten identical answers', async () => {
  const locationId = await gate.location(20);
  const input = { locationId, plate: newPlate(), idempotencyKey: newId() };
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => recordEntry(gate.on(), input)));
  const answers = new Set(outcomes.map((outcome) => canonical(outcome)));
  expect(answers.size).toBe(1);
  expect(tally(outcomes)).toEqual({ VehicleEntered: 10 });
  expect(await gate.inside(locationId)).toEqual({ claims: 1, tickets: 1 });
  await expect(recordEntry(gate.on(), { ...input, plate: newPlate() })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('a replayed key answers with the ticket as it was, whatever became of it', async () => {
  const locationId = await gate.location(1);
  const input = { locationId, plate: newPlate(), idempotencyKey: newId() };
  const first = await recordEntry(gate.on(), input);
  if (first.__typename !== 'VehicleEntered') throw new Error('no entry');
  await voidTicket(gate.on(), { ticketId: first.ticket.id });
  const again = await recordEntry(gate.on(), input);
  expect(canonical(again)).toBe(canonical(first));
  expect(again).toMatchObject({ ticket: { status: 'OPEN' } });
});

test('a refusal is replayed too, also when there is room by then', async () => {
  const locationId = await gate.location(1);
  const inside = await gate.ticket(locationId);
  const input = { locationId, plate: newPlate(), idempotencyKey: newId() };
  expect((await recordEntry(gate.on(), input)).__typename).toBe('NoSpaceAvailable');
  await voidTicket(gate.on(), { ticketId: inside.id });
  expect((await recordEntry(gate.on(), input)).__typename).toBe('NoSpaceAvailable');
  expect((await recordEntry(gate.on(), { ...input, idempotencyKey: newId() })).__typename).toBe(
    'VehicleEntered',
  );
});

test('an entry that fails after its claim leaves no vehicle, no claim, no ticket and no event', async () => {
  const locationId = await gate.location(1);
  const plate = newPlate();
  const [ticketId, vehicleId] = [newId(), newId()];
  const arrival = {
    ticketId,
    vehicleId,
    code: newTicketCode(),
    locationId,
    spaceId: null,
    plate,
    vehicleKind: null,
  };
  const broken = gate.tickets.write(gate.viewer, async (tx) => {
    expect((await enter(tx, { ...arrival, enteredAt: NOON })).outcome).toBe('ENTERED');
    throw new Error('the power went');
  });
  await expect(broken).rejects.toThrow('the power went');
  expect(await gate.inside(locationId)).toEqual({ claims: 0, tickets: 0 });
  expect(await gate.told(locationId)).toEqual([]);
  expect(await gate.truth('select from tickets.vehicle where plate = $1', plate)).toEqual([]);
  expect(await gate.truth('select from tickets.ticket where id = $1', ticketId)).toEqual([]);
  expect((await gate.enter(locationId, { plate })).__typename).toBe('VehicleEntered');
});

test('a code that is taken is drawn again', async () => {
  const locationId = await gate.location(2);
  const { code } = await gate.ticket(locationId);
  // the next entry draws the taken code once: only then does the trigger put it in place of its own
  await gate.truth(`create sequence public.draws; grant usage on sequence public.draws to public;`);
  await gate.truth(`create function public.draw() returns trigger language plpgsql as $$
    begin if nextval('public.draws') = 1 then new.code := '${code}'; end if; return new; end $$`);
  await gate.truth(
    'create trigger draw before insert on tickets.ticket for each row execute function public.draw()',
  );
  expect(await gate.enter(locationId)).toMatchObject({ __typename: 'VehicleEntered' });
  await gate.truth('drop trigger draw on tickets.ticket');
  expect(await gate.inside(locationId)).toEqual({ claims: 2, tickets: 2 });
});

test('the database allows a vehicle one live stay in a location, whoever writes it', async () => {
  const locationId = await gate.location(2);
  const { vehicleId, spaceId } = await gate.ticket(locationId);
  await expect(
    gate.truth(
      `insert into tickets.ticket (tenant_id, code, location_id, space_id, vehicle_id, vehicle_kind, entered_at, changed_at)
       values ($1, 'ANOTHER', $2, $3, $4, 'CAR', now(), now())`,
      ...[gate.viewer.tenantId, locationId, spaceId, vehicleId],
    ),
  ).rejects.toMatchObject({ constraint: 'one_live_stay_of_a_vehicle' });
});

test('a storm of entries, exits and voids of few plates in few spaces ends without a deadlock, in balance', async () => {
  const locationId = await gate.location(6);
  const plates = Array.from({ length: 8 }, newPlate);
  const leave = (id: string) =>
    gate.payments.write(gate.viewer, async (tx) => {
      await tx.run(sql`select tickets.lock_stay(${id})`);
      await tx.run(sql`select tickets.close_stay(${id}, ${NOON})`);
    });
  const drive = async (seed: number) => {
    for (let turn = 0; turn < 20; turn += 1) {
      const outcome = await gate.enter(locationId, { plate: plates[(seed * 5 + turn * 3) % 8] });
      if (outcome.__typename !== 'VehicleEntered') continue;
      if (turn % 3 === 0) await voidTicket(gate.on(), { ticketId: outcome.ticket.id });
      else if (turn % 3 === 1) await leave(outcome.ticket.id);
      else
        await Promise.allSettled([
          leave(outcome.ticket.id),
          voidTicket(gate.on(), { ticketId: outcome.ticket.id }),
        ]);
    }
  };
  const register = registerCustomer(gate.on(), { name: 'Ada', plates });
  await Promise.all([register, ...Array.from({ length: 16 }, (_, seed) => drive(seed))]);
  expect(await gate.inside(locationId)).toEqual({ claims: 0, tickets: 0 });
  const told = await gate.told(locationId);
  const count = (type: string) => told.filter((one) => one === type).length;
  expect(count('ticket.entered')).toBe(count('ticket.closed') + count('ticket.voided'));
  expect(count('space.occupied')).toBe(count('space.freed'));
  await gate.truth('select pg_stat_force_next_flush()');
  const statistics = `select deadlocks::int from pg_stat_database where datname = current_database()`;
  expect(await gate.truth(statistics)).toEqual([{ deadlocks: 0 }]);
});

/** An answer as text, whatever the order of its fields and the form of its dates. */
const canonical = (outcome: object): string =>
  JSON.stringify(JSON.parse(JSON.stringify(outcome)), (_key, value: unknown) =>
    value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).sort()) : value,
  );
