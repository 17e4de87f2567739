import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { recordEntry } from '../src/use-cases/record-entry.js';
import { registerCustomer } from '../src/use-cases/register-customer.js';
import { reportLostTicket } from '../src/use-cases/report-lost-ticket.js';
import { voidTicket } from '../src/use-cases/void-ticket.js';
import { Gate, newPlate, NOON, noonPlus } from './gate.js';

let gate: Gate;
beforeAll(async () => (gate = await Gate.open()));
afterEach(() => gate.clock.set(NOON));
afterAll(() => gate.close());

const statusOf = async (id: string) =>
  (await gate.truth<{ status: string }>('select status from tickets.ticket where id = $1', id))[0]?.status;
const settle = (id: string, at: Date) => gate.asPayments(sql`select tickets.settle_stay(${id}, ${at})`);
const close = (id: string, at: Date) => gate.asPayments(sql`select tickets.close_stay(${id}, ${at})`);

test('an entry makes the vehicle, its ticket and the claim of its space, and tells of both', async () => {
  const locationId = await gate.location(3);
  const plate = newPlate();
  const ticket = await gate.ticket(locationId, { plate: ` ${plate.toLowerCase()} `, vehicleKind: 'CAR' });
  expect(ticket).toMatchObject({
    locationId,
    status: 'OPEN',
    vehicleKind: 'CAR',
    enteredAt: NOON,
    exitedAt: null,
  });
  expect(ticket.code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  expect(await gate.inside(locationId)).toEqual({ claims: 1, tickets: 1 });
  const [event] = await gate.truth(
    `select data, actor, occurred_at from events.event where subject_id = $1 and type = 'ticket.entered'`,
    ticket.id,
  );
  expect(event).toEqual({
    occurred_at: NOON,
    actor: { kind: 'user', id: gate.viewer.id },
    data: {
      ticketId: ticket.id,
      code: ticket.code,
      locationId,
      plate,
      status: 'OPEN',
      vehicleKind: 'CAR',
      spaceId: ticket.spaceId,
      enteredAt: '2026-11-22T12:00:00.000Z',
    },
  });
});

test('a chosen space is given, or the entry is refused with it', async () => {
  const locationId = await gate.location(3);
  const [, spaceId] = await gate.spaceIds(locationId);
  expect(await gate.ticket(locationId, { spaceId })).toMatchObject({ spaceId });
  expect(await gate.enter(locationId, { spaceId })).toMatchObject({
    __typename: 'SpaceNotAvailable',
    space: { id: spaceId },
  });
  expect(await gate.inside(locationId)).toEqual({ claims: 1, tickets: 1 });
});

test('a vehicle is inside one location once, and may be in another at the same time', async () => {
  const [here, there] = [await gate.location(2), await gate.location(2)];
  const plate = newPlate();
  const ticket = await gate.ticket(here, { plate });
  expect(await gate.enter(here, { plate })).toMatchObject({ __typename: 'VehicleAlreadyInside', ticket });
  const other = await gate.ticket(there, { plate });
  expect(other.vehicleId).toBe(ticket.vehicleId);
});

test('a vehicle is known by its plate, and so is its kind', async () => {
  const locationId = await gate.location(2);
  const plate = newPlate();
  const first = await gate.ticket(locationId, { plate, vehicleKind: 'MOTORCYCLE' });
  await close(first.id, noonPlus(60));
  expect(await gate.ticket(locationId, { plate, enteredAt: noonPlus(60) })).toMatchObject({
    vehicleKind: 'MOTORCYCLE',
  });
});

test('the past is reported by those who may, the future by nobody', async () => {
  const locationId = await gate.location(2);
  const yesterday = noonPlus(-86_400);
  const operator = { ...gate.viewer, scopes: ['tickets:write' as const] };
  await expect(gate.enter(locationId, { enteredAt: yesterday }, operator)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    extensions: { requiredScopes: ['tickets:backdate'] },
  });
  expect(await gate.ticket(locationId, { enteredAt: yesterday })).toMatchObject({ enteredAt: yesterday });
  await expect(gate.enter(locationId, { enteredAt: noonPlus(61) })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

test('a day of the past is replayed in order: the stays of a space do not overlap', async () => {
  const locationId = await gate.location(1);
  for (let hour = 0; hour < 8; hour += 1) {
    const ticket = await gate.ticket(locationId, { enteredAt: noonPlus(-86_400 + hour * 3600) });
    expect(
      (await gate.enter(locationId, { enteredAt: noonPlus(-86_400 + hour * 3600 + 1800) })).__typename,
    ).toBe('NoSpaceAvailable');
    await close(ticket.id, noonPlus(-86_400 + (hour + 1) * 3600));
  }
  expect(await gate.inside(locationId)).toEqual({ claims: 0, tickets: 0 });
});

test('a settled stay is open again, or lost again, when something is due; no other changes, and nobody entered', async () => {
  const reopen = (id: string) => gate.asPayments(sql`select tickets.reopen_stay(${id}, ${noonPlus(300)})`);
  const locationId = await gate.location(2);
  const [one, lost] = [await gate.ticket(locationId), await gate.ticket(locationId)];
  await reportLostTicket(gate.on(), { ticketId: lost.id });
  for (const { id } of [one, lost]) {
    await settle(id, noonPlus(200));
    await reopen(id);
    await reopen(id);
  }
  expect([await statusOf(one.id), await statusOf(lost.id)]).toEqual(['OPEN', 'LOST']);
  expect(await gate.truth('select settled_at from tickets.ticket where id = $1', one.id)).toEqual([
    { settled_at: null },
  ]);
  const told = await gate.truth<{ type: string }>(
    `select type from events.event where subject_id = any ($1) and type <> 'ticket.settled' order by seq`,
    [one.id, lost.id],
  );
  expect(told.map(({ type }) => type)).toEqual([
    'ticket.entered',
    'ticket.entered',
    'ticket.lost',
    'ticket.reopened',
    'ticket.reopened',
  ]);
  await close(one.id, noonPlus(400));
  await reopen(one.id);
  expect(await statusOf(one.id)).toBe('CLOSED');
});

test('a stay is locked, settled and closed by payments; its space is free again', async () => {
  const locationId = await gate.location(1);
  const plate = newPlate();
  const { id, code, spaceId } = await gate.ticket(locationId, { plate });
  const [stay] = await gate.asPayments(sql`select * from tickets.lock_stay(${id})`);
  const seen = { ticket_id: id, code, location_id: locationId, vehicle_kind: 'CAR', entered_at: NOON };
  expect(stay).toEqual({ ...seen, status: 'OPEN', exited_at: null });
  await settle(id, noonPlus(600));
  await settle(id, noonPlus(700));
  await close(id, noonPlus(900));
  const unknown = newId();
  expect(
    await gate.asPayments(sql`select * from tickets.read_stays(array[${id}, ${unknown}]::uuid[])`),
  ).toEqual([{ ...seen, status: 'CLOSED', exited_at: noonPlus(900), occupancy: null, plate, lost: false }]);
  expect(await gate.told(locationId)).toEqual([
    'space.occupied',
    'ticket.entered',
    'ticket.settled',
    'ticket.closed',
    'space.freed',
  ]);
  expect(
    await gate.ticket(locationId, { enteredAt: noonPlus(0) }).catch((error: Error) => error.message),
  ).toBe('No space for this kind of vehicle is free.');
  gate.clock.set(noonPlus(900));
  expect(await gate.ticket(locationId)).toMatchObject({ spaceId });
});

test('a closed stay is neither settled nor closed again, and nobody leaves before they came', async () => {
  const locationId = await gate.location(2);
  const { id } = await gate.ticket(locationId);
  await expect(close(id, noonPlus(-1))).rejects.toMatchObject({
    constraint: 'ticket_exits_after_it_entered',
  });
  await close(id, NOON);
  await expect(close(id, noonPlus(10))).rejects.toThrow('cannot be closed');
  await expect(settle(id, noonPlus(10))).rejects.toThrow('cannot be settled');
  expect(await gate.inside(locationId)).toEqual({ claims: 0, tickets: 0 });
});

test('a void ticket frees its space as if the stay had never been', async () => {
  const locationId = await gate.location(1);
  const ticket = await gate.ticket(locationId);
  gate.clock.set(noonPlus(3600));
  const outcome = await voidTicket(gate.on(), { ticketId: ticket.id, reason: ' Wrong plate ' });
  expect(outcome).toMatchObject({
    __typename: 'TicketVoided',
    ticket: { status: 'VOID', voidReason: 'Wrong plate', changedAt: noonPlus(3600) },
  });
  expect(await gate.ticket(locationId, { enteredAt: noonPlus(60) })).toMatchObject({
    spaceId: ticket.spaceId,
  });
  expect(await gate.told(locationId)).toEqual(expect.arrayContaining(['ticket.voided', 'space.freed']));
  expect(await voidTicket(gate.on(), { ticketId: ticket.id })).toMatchObject({
    __typename: 'TicketNotVoidable',
  });
});

test('a paid ticket is not voided', async () => {
  const { id } = await gate.ticket(await gate.location(1));
  await settle(id, noonPlus(60));
  expect((await voidTicket(gate.on(), { ticketId: id })).__typename).toBe('TicketNotVoidable');
  expect(await statusOf(id)).toBe('SETTLED');
});

test('a ticket that holds money is voided once the money was given back', async () => {
  const { id } = await gate.ticket(await gate.location(1));
  const hold = (held: boolean) => gate.asPayments(sql`select tickets.hold_money(${id}, ${held})`);
  await hold(true);
  expect(await voidTicket(gate.on(), { ticketId: id })).toMatchObject({
    __typename: 'TicketNotVoidable',
    message: expect.stringContaining('give the money back first'),
  });
  await hold(false);
  expect((await voidTicket(gate.on(), { ticketId: id })).__typename).toBe('TicketVoided');
});

test('the driver of a lost ticket stays inside, pays and leaves', async () => {
  const locationId = await gate.location(1);
  const { id } = await gate.ticket(locationId);
  for (let time = 0; time < 2; time += 1) {
    expect(await reportLostTicket(gate.on(), { ticketId: id })).toMatchObject({ ticket: { status: 'LOST' } });
  }
  expect((await gate.told(locationId)).filter((type) => type === 'ticket.lost')).toHaveLength(1);
  expect(await gate.inside(locationId)).toEqual({ claims: 1, tickets: 1 });
  await settle(id, noonPlus(60));
  await close(id, noonPlus(120));
  expect(await reportLostTicket(gate.on(), { ticketId: id })).toMatchObject({
    __typename: 'TicketNotReportable',
  });
});

test('a customer brings vehicles, known or new; a plate belongs to one customer', async () => {
  const [known, fresh] = [newPlate(), newPlate()];
  const { vehicleId } = await gate.ticket(await gate.location(1), { plate: known });
  const outcome = await registerCustomer(gate.on(), {
    name: 'Ada',
    email: 'ada@example.com',
    plates: [known, fresh],
  });
  if (outcome.__typename !== 'CustomerRegistered') throw new Error(outcome.message);
  const owned = await gate.truth<{ id: string }>(
    'select id from tickets.vehicle where customer_id = $1',
    outcome.customer.id,
  );
  expect(owned).toHaveLength(2);
  expect(owned).toContainEqual({ id: vehicleId });
  const other = { name: 'Bob', plates: [newPlate(), fresh] };
  expect(await registerCustomer(gate.on(), other)).toMatchObject({
    __typename: 'PlateTaken',
    plates: [fresh],
  });
  const both = await Promise.all(
    [1, 2].map(() => registerCustomer(gate.on(), { name: 'C', plates: [other.plates[0] ?? ''] })),
  );
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['CustomerRegistered', 'PlateTaken']);
});

test('bad input is refused by the name of its field, and what is unknown is not found', async () => {
  const locationId = await gate.location(1);
  const refused = { code: 'BAD_USER_INPUT', extensions: { field: 'plate', code: 'BAD_USER_INPUT' } };
  await expect(gate.enter(locationId, { plate: 'X'.repeat(10_000) })).rejects.toMatchObject(refused);
  const missing = { code: 'NOT_FOUND' };
  for (const id of [newId(), 'nonsense']) {
    await expect(gate.enter(id)).rejects.toMatchObject(missing);
    await expect(gate.enter(locationId, { spaceId: id })).rejects.toMatchObject(missing);
    await expect(voidTicket(gate.on(), { ticketId: id })).rejects.toMatchObject(missing);
    await expect(reportLostTicket(gate.on(), { ticketId: id })).rejects.toMatchObject(missing);
  }
  await expect(gate.enter(locationId, { idempotencyKey: '' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

test.each([
  [
    'recordEntry',
    'tickets:write',
    () => recordEntry(gate.on(testViewer({ scopes: [] })), { locationId: '', plate: '' }),
  ],
  ['voidTicket', 'tickets:write', () => voidTicket(gate.on(testViewer({ scopes: [] })), { ticketId: '' })],
  [
    'reportLostTicket',
    'tickets:write',
    () => reportLostTicket(gate.on(testViewer({ scopes: [] })), { ticketId: '' }),
  ],
  [
    'registerCustomer',
    'customers:write',
    () => registerCustomer(gate.on(testViewer({ scopes: [] })), { name: '' }),
  ],
])('%s takes the scope %s', async (_story, scope, attempt) => {
  await expect(attempt()).rejects.toMatchObject({
    code: 'FORBIDDEN',
    extensions: { requiredScopes: [scope] },
  });
});
