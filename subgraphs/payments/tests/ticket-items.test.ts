import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { graphql } from 'graphql';
import { taxesPaid } from '../src/domain/receipt.js';
import type { TaxShare } from '../src/domain/tax-shares.js';
import type { PaymentProvider } from '../src/providers/provider.js';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { addTicketItem, type AddTicketItemInput } from '../src/use-cases/add-ticket-item.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { removeTicketItem } from '../src/use-cases/remove-ticket-item.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { Gate, minute } from './gate.js';
import { HOURLY, tenderOf } from './payments-fixture.js';

let gate: Gate;
let locationId: string;
beforeAll(async () => {
  gate = await Gate.open();
  gate.on.clock.set(minute(1000));
  locationId = await gate.location(SELLING, 60);
});
afterAll(() => gate.close());

/** Two euros an hour, ten minutes free; energy and a car wash beside. */
const SELLING: TariffRulesInput = {
  ...HOURLY,
  graces: { entry: 10, exit: 15, reentry: 30 },
  items: [
    { code: 'EV_ENERGY', name: 'Energy', unit: 'kWh', price: '0.45', step: 0.1, taxPercent: '10' },
    { code: 'WASH', name: 'Car wash', unit: 'piece', price: '9.00' },
  ],
};

const add = (ticketId: string, over: Partial<AddTicketItemInput> = {}) =>
  addTicketItem(gate.on.as(), { ticketId, code: 'WASH', quantity: '1', ...over });

async function added(ticketId: string, over: Partial<AddTicketItemInput> = {}): Promise<string> {
  const outcome = await add(ticketId, over);
  if (outcome.__typename !== 'TicketItemAdded') throw new Error(outcome.message);
  return outcome.item.id;
}

const told = (ticketId: string) =>
  gate.on.see<{ type: string; data: unknown }>(
    `select type, data from events.event where subject_id = $1 and type like 'ticket.item%' order by seq`,
    [ticketId],
  );

test('what is bought is in the quote at once, with its own tax, and is told', async () => {
  const ticketId = await gate.enter(locationId, 0);
  const itemId = await added(ticketId, { code: 'EV_ENERGY', quantity: '12.34' });
  const { lines, due } = await gate.quote(ticketId, 60);
  expect(lines).toMatchObject([
    { rule: 'INCREMENT', amount: 200, taxPercent: 21 },
    { rule: 'ITEM', name: 'Energy', quantity: 12.4, amount: 558, taxPercent: 10 },
  ]);
  expect(due).toBe(758);
  expect(await told(ticketId)).toEqual([
    {
      type: 'ticket.item_added',
      data: {
        ticketId,
        locationId,
        itemId,
        itemCode: 'EV_ENERGY',
        name: 'Energy',
        unit: 'kWh',
        quantity: '12.34',
      },
    },
  ]);
});

test('within the free minutes only what was bought is paid, and after a payment it is due at once', async () => {
  const ticketId = await gate.enter(locationId, 0);
  await added(ticketId);
  expect(await gate.pay(ticketId, 5)).toBe(900);
  await added(ticketId);
  expect(await gate.pay(ticketId, 6)).toBe(900);
  await gate.leave(ticketId, 6);
});

const statusOf = async (ticketId: string) =>
  (await gate.on.see<{ status: string }>('select status from tickets.ticket where id = $1', [ticketId]))[0]
    ?.status;
const turnsOf = async (ticketId: string) =>
  (
    await gate.on.see<{ type: string }>(
      `select type from events.event where subject_id = $1 and type in ('ticket.settled', 'ticket.reopened') order by seq`,
      [ticketId],
    )
  ).map(({ type }) => type);

test('what is bought on a settled ticket opens it again until it is paid or taken out', async () => {
  const ticketId = await gate.enter(locationId, 980);
  expect(await gate.pay(ticketId, 1000)).toBe(200);
  const itemId = await added(ticketId);
  expect(await statusOf(ticketId)).toBe('OPEN');
  expect((await recordExit(gate.on.as(), { ticketId })).__typename).toBe('PaymentRequired');
  await removeTicketItem(gate.on.as(), { itemId });
  expect(await statusOf(ticketId)).toBe('SETTLED');
  await added(ticketId);
  expect(await gate.pay(ticketId, 1000)).toBe(900);
  expect(await statusOf(ticketId)).toBe('SETTLED');
  expect(await turnsOf(ticketId)).toEqual([
    'ticket.settled',
    'ticket.reopened',
    'ticket.settled',
    'ticket.reopened',
    'ticket.settled',
  ]);
});

/** What the payments of a ticket are booked as, by rate. */
const bookedOf = (ticketId: string) =>
  gate.on.see(
    `select a.tax_percent::int as percent, -sum(e.amount)::int as amount,
       -sum(e.amount) filter (where a.kind = 'TAX')::int as tax
     from payments.payment p join payments.ledger_transaction t on t.payment_id = p.id
     join payments.entry e on e.transaction_id = t.id
     join payments.account a on a.id = e.account_id and a.kind in ('REVENUE', 'TAX')
     where p.ticket_id = $1 group by 1 order by 1`,
    [ticketId],
  );

test('what is bought after all was paid is paid at its own rate', async () => {
  const ticketId = await gate.enter(locationId, 980);
  expect(await gate.pay(ticketId, 1000)).toBe(200);
  await added(ticketId, { code: 'EV_ENERGY', quantity: '4.4' });
  expect(await gate.pay(ticketId, 1000)).toBe(198);
  expect(await bookedOf(ticketId)).toEqual([
    { percent: 10, amount: 198, tax: 18 },
    { percent: 21, amount: 200, tax: 35 },
  ]);
});

test('a stay whose item has another rate, paid in parts, is booked and receipted with exactly its rates', async () => {
  const { on } = gate;
  const ticketId = await gate.enter(locationId, 980);
  await added(ticketId, { code: 'EV_ENERGY', quantity: '4.4' });
  const receipts: TaxShare[] = [];
  for (const amount of [...Array<string>(40).fill('0.03'), null]) {
    const paid = await payTicket(on.as(), { ticketId, method: 'CASH', amount });
    if (!('payment' in paid)) throw new Error(paid.__typename);
    receipts.push(...taxesPaid(paid.payment));
  }
  const sums = (percent: number) => {
    const ofRate = receipts.filter((share) => share.percent === percent);
    const sum = (column: 'amount' | 'tax') => ofRate.reduce((all, share) => all + share[column], 0);
    return { percent, amount: sum('amount'), tax: sum('tax') };
  };
  const exact = [
    { percent: 10, amount: 198, tax: 18 },
    { percent: 21, amount: 200, tax: 35 },
  ];
  expect([sums(10), sums(21)]).toEqual(exact);
  expect(await bookedOf(ticketId)).toEqual(exact);
});

test('what is bought while a provider is asked is due once the payment is taken', async () => {
  const { on } = gate;
  const ticketId = await gate.enter(locationId, 980);
  const [sandbox] = on.as().providers;
  const asking = Object.assign(Object.create(sandbox!) as PaymentProvider, {
    authorise: async (order: Parameters<PaymentProvider['authorise']>[0]) => {
      await added(ticketId);
      return sandbox!.authorise(order);
    },
  });
  const paid = await payTicket(on.as(on.viewer, [asking]), {
    ticketId,
    method: 'CARD',
    tender: tenderOf('CARD'),
  });
  expect(paid).toMatchObject({ __typename: 'TicketPaid', payment: { amount: 200 } });
  expect(await statusOf(ticketId)).toBe('OPEN');
  expect((await gate.quote(ticketId, 1000)).due).toBe(900);
});

test('a ticket for which nothing was paid is not settled by what is taken out of it', async () => {
  const ticketId = await gate.enter(locationId, 995);
  await removeTicketItem(gate.on.as(), { itemId: await added(ticketId) });
  expect((await gate.quote(ticketId, 1000)).due).toBe(0);
  expect([await statusOf(ticketId), await turnsOf(ticketId)]).toEqual(['OPEN', []]);
});

test('a lost ticket that was paid is lost again once something is bought on it', async () => {
  const ticketId = await gate.enter(locationId, 980);
  await gate.on.mark(ticketId, 'LOST');
  await gate.pay(ticketId, 1000);
  await added(ticketId);
  expect(await statusOf(ticketId)).toBe('LOST');
});

test('what the tariff of the stay does not sell is refused, with what it does sell', async () => {
  const ticketId = await gate.enter(locationId, 0);
  expect(await add(ticketId, { code: 'PIZZA' })).toMatchObject({
    __typename: 'ItemNotSold',
    sold: ['EV_ENERGY', 'WASH'],
  });
  const free = await gate.on.openLocation(gate.on.viewer, null);
  expect(await add(await gate.on.enter(free))).toMatchObject({ __typename: 'ItemNotSold', sold: [] });
});

test('nothing is bought on, or taken out of, the ticket of a vehicle that is not inside', async () => {
  const left = await gate.enter(locationId, 0);
  const itemId = await added(left);
  await gate.payAndLeave(left, 5);
  expect((await add(left)).__typename).toBe('TicketNotOpen');
  expect((await removeTicketItem(gate.on.as(), { itemId })).__typename).toBe('TicketNotOpen');
  const voided = await gate.enter(locationId, 0);
  await gate.on.mark(voided, 'VOID');
  expect((await add(voided)).__typename).toBe('TicketNotOpen');
});

test('what is taken out is charged no more, once, also when it was paid', async () => {
  const ticketId = await gate.enter(locationId, 0);
  const itemId = await added(ticketId);
  await gate.pay(ticketId, 5);
  const remove = () => removeTicketItem(gate.on.as(), { itemId });
  const outcomes = await Promise.all([remove(), remove(), remove()]);
  expect(outcomes.map(({ __typename }) => __typename)).toEqual(Array(3).fill('TicketItemRemoved'));
  expect(await gate.quote(ticketId, 5)).toMatchObject({ total: 0, balance: -900 });
  expect((await told(ticketId)).map(({ type }) => type)).toEqual([
    'ticket.item_added',
    'ticket.item_removed',
  ]);
});

test('the same key buys once, and what is no quantity buys nothing', async () => {
  const ticketId = await gate.enter(locationId, 0);
  const idempotencyKey = newId();
  await Promise.all(Array.from({ length: 5 }, () => added(ticketId, { idempotencyKey })));
  expect((await gate.quote(ticketId, 5)).due).toBe(900);
  for (const [quantity, message] of [
    ['0', 'A quantity is more than 0 and at most 1000000.'],
    ['-1', 'A quantity is more than 0 and at most 1000000.'],
    ['1000001', 'A quantity is more than 0 and at most 1000000.'],
    ['123456789', 'A quantity is more than 0 and at most 1000000.'],
    ['1e3', 'A quantity is a decimal string such as "12.5".'],
    ['', 'A quantity is a decimal string such as "12.5".'],
    ['0.0000001', 'A quantity has at most 6 decimals.'],
  ] as const) {
    const wrong = { code: 'BAD_USER_INPUT', message, extensions: { field: 'quantity' } };
    await expect(add(ticketId, { quantity })).rejects.toMatchObject(wrong);
  }
});

test('an exit and purchases at once: nobody leaves with something that is not paid', async () => {
  for (let round = 0; round < 12; round += 1) {
    const ticketId = await gate.enter(locationId, 0);
    const leave = () => recordExit(gate.on.as(), { ticketId, exitedAt: minute(5) });
    const buy = () => add(ticketId);
    const both = round % 2 === 0 ? [leave(), buy(), buy()] : [buy(), leave(), buy()];
    const outcomes = (await Promise.all(both)).map(({ __typename }) => __typename);
    const isOut = outcomes.includes('VehicleExited');
    expect(outcomes.filter((one) => one === 'TicketItemAdded')).toHaveLength(isOut ? 0 : 2);
    expect((await gate.quote(ticketId, 5)).due).toBe(isOut ? 0 : 1800);
  }
});

test('what was bought on an earlier part of a stay is paid there, and once', async () => {
  const plate = 'WASHED';
  const first = await gate.enter(locationId, 0, plate);
  await added(first);
  expect(await gate.payAndLeave(first, 20)).toBe(1100);
  const back = await gate.enter(locationId, 30, plate);
  expect((await gate.quote(back, 40)).due).toBe(0);
  await added(back, { code: 'EV_ENERGY', quantity: '10' });
  expect((await gate.quote(back, 40)).due).toBe(450);
});

test('what was bought stays written, and belongs to its tenant', async () => {
  const ticketId = await gate.enter(locationId, 0);
  const itemId = await added(ticketId);
  await removeTicketItem(gate.on.as(), { itemId });
  for (const table of ['ticket_item', 'ticket_item_removal']) {
    for (const change of [
      `update payments.${table} set location_id = location_id`,
      `delete from payments.${table}`,
    ]) {
      await expect(gate.on.see(change)).rejects.toThrow('is never changed');
    }
    const count = sql`select count(*) from payments.${sql.raw(table)}`;
    const seen = (viewer = gate.on.viewer) =>
      gate.on.database.read(viewer, (tx) => tx.one<{ count: number }>(count));
    expect((await seen()).count).toBeGreaterThan(0);
    expect(await seen(testViewer())).toEqual({ count: 0 });
    expect(await seen({ ...gate.on.viewer, locationIds: [] })).toEqual({ count: 0 });
  }
  const stranger = gate.on.as(testViewer());
  await expect(addTicketItem(stranger, { ticketId, code: 'WASH', quantity: '1' })).rejects.toThrow(
    'The ticket',
  );
  await expect(removeTicketItem(stranger, { itemId })).rejects.toThrow('The item');
  const reader = gate.on.as({ ...gate.on.viewer, scopes: ['tickets:read'] });
  const forbidden = { code: 'FORBIDDEN' };
  await expect(addTicketItem(reader, { ticketId, code: 'WASH', quantity: '1' })).rejects.toMatchObject(
    forbidden,
  );
  await expect(removeTicketItem(reader, { itemId })).rejects.toMatchObject(forbidden);
});

test('the graph shows what was bought and what is due for it in the answer to the purchase', async () => {
  const subgraph: Subgraph = await createPaymentsSubgraph({ ...gate.on.as(), secrets: gate.on.test.secrets });
  const ticketId = await gate.enter(locationId, 995);
  const run = async (source: string) => {
    const contextValue = subgraph.context(gate.on.viewer, 'test');
    const { data, errors } = await graphql({ schema: subgraph.schema, source, contextValue });
    if (errors?.[0]) throw errors[0];
    return structuredClone(data);
  };
  const ticket = 'ticket { items { code name unit quantity } quote { due { amount } } }';
  const bought =
    await run(`mutation { addTicketItem(input: { ticketId: "${ticketId}", code: "EV_ENERGY", quantity: "2.50" }) {
    ... on TicketItemAdded { item { id } ${ticket} } } }`);
  expect(bought).toMatchObject({
    addTicketItem: {
      ticket: {
        items: [{ code: 'EV_ENERGY', name: 'Energy', unit: 'kWh', quantity: '2.5' }],
        quote: { due: { amount: '1.13' } },
      },
    },
  });
  const { addTicketItem: answer } = bought as unknown as { addTicketItem: { item: { id: string } } };
  const removed = await run(`mutation { removeTicketItem(input: { itemId: "${answer.item.id}" }) {
    ... on TicketItemRemoved { ${ticket} } } }`);
  expect(removed).toEqual({
    removeTicketItem: { ticket: { items: [], quote: { due: { amount: '0.00' } } } },
  });
});
