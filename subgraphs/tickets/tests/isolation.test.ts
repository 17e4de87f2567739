import { sql } from '@plaza/platform/database/sql';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import pg from 'pg';
import type { TicketRow } from '../src/database/ticket.entity.js';
import { registerCustomer } from '../src/use-cases/register-customer.js';
import { voidTicket } from '../src/use-cases/void-ticket.js';
import { Gate, newPlate, NOON } from './gate.js';

let gate: Gate;
let here: string;
let there: string;
let ticket: TicketRow;
const stranger = testViewer();

beforeAll(async () => {
  gate = await Gate.open();
  [here, there] = [await gate.location(3), await gate.location(3)];
  ticket = await gate.ticket(here);
  await gate.ticket(there);
  await registerCustomer(gate.on(), { name: 'Ada', plates: [newPlate()] });
});
afterAll(() => gate.close());

const countIn = (table: string, viewer: Viewer) =>
  gate.tickets.read(viewer, async (tx) => {
    const { count } = await tx.one<{ count: number }>(sql`select count(*) from tickets.${sql.raw(table)}`);
    return count;
  });

test.each(['ticket', 'vehicle', 'customer'])('another tenant sees nothing in tickets.%s', async (table) => {
  expect(await countIn(table, gate.viewer)).toBeGreaterThan(0);
  expect(await countIn(table, stranger)).toBe(0);
});

test('somebody who may see one location sees only its tickets, and enters vehicles only there', async () => {
  const restricted = { ...gate.viewer, locationIds: [here] };
  expect(await countIn('ticket', gate.viewer)).toBe(2);
  expect(await countIn('ticket', restricted)).toBe(1);
  expect(await countIn('ticket', { ...restricted, locationIds: [] })).toBe(0);
  await expect(gate.enter(there, {}, restricted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const elsewhere = { ...gate.viewer, locationIds: [there] };
  await expect(voidTicket(gate.on(elsewhere), { ticketId: ticket.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('two tenants have the same plate inside, each its own vehicle', async () => {
  const plate = newPlate();
  const ours = await gate.ticket(here, { plate });
  const theirs = await gate.ticket(await gate.location(1, stranger), { plate }, stranger);
  expect(theirs.vehicleId).not.toBe(ours.vehicleId);
});

test('a ticket cannot be written for another tenant', async () => {
  const forge = gate.tickets.write(stranger, (tx) =>
    tx.run(sql`
      insert into tickets.customer (tenant_id, name) values (${gate.viewer.tenantId}, 'Forged')`),
  );
  await expect(forge).rejects.toThrow('row-level security');
});

test('the contract functions know only the stays that the caller may see', async () => {
  for (const viewer of [stranger, { ...gate.viewer, locationIds: [there] }]) {
    expect(await gate.asPayments(sql`select * from tickets.lock_stay(${ticket.id})`, viewer)).toEqual([]);
    expect(
      await gate.asPayments(sql`select * from tickets.read_stays(array[${ticket.id}]::uuid[])`, viewer),
    ).toEqual([]);
    const settle = gate.asPayments(sql`select tickets.settle_stay(${ticket.id}, ${NOON})`, viewer);
    await expect(settle).rejects.toThrow('cannot be settled');
    const close = gate.asPayments(sql`select tickets.close_stay(${ticket.id}, ${NOON})`, viewer);
    await expect(close).rejects.toThrow('cannot be closed');
  }
});

const refused = async (role: Parameters<Gate['test']['url']>[0], text: string) => {
  const client = new pg.Client({ connectionString: gate.test.url(role) });
  await client.connect();
  await expect(client.query(text)).rejects.toThrow('permission denied');
  await client.end();
};

test.each(['space', 'claim', 'vacancy', 'location', 'zone'])(
  'the role of tickets can neither read nor write spaces.%s',
  async (table) => {
    await refused('tickets', `select from spaces.${table}`);
    await refused('tickets', `delete from spaces.${table}`);
  },
);

test.each(['spaces', 'payments', 'partners', 'identity', 'gateway'] as const)(
  'the role of %s can neither read nor write the tables of tickets',
  async (role) => {
    for (const table of ['ticket', 'vehicle', 'customer', 'idempotency_key']) {
      await refused(role, `select from tickets.${table}`);
      await refused(role, `update tickets.${table} set tenant_id = null`);
    }
  },
);

test.each(['spaces', 'partners', 'gateway'] as const)('the role of %s cannot close a stay', async (role) => {
  await refused(role, `select tickets.close_stay(null, now())`);
});
