import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { addMerchant, type AddMerchantInput } from '../src/use-cases/add-merchant.js';
import { changeMerchant } from '../src/use-cases/change-merchant.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { validateTicket, type ValidateTicketInput } from '../src/use-cases/validate-ticket.js';
import { type Answer, askGraph } from './ask-graph.js';
import { HOUR, HOURLY, NOW, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
let locationId: string;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
  locationId = await on.openLocation();
});
afterAll(() => on.close());
beforeEach(() => on.clock.set(NOW));

let merchants = 0;
async function merchant(over: Partial<AddMerchantInput> = {}) {
  const name = `Cine ${(merchants += 1)}`;
  const added = await addMerchant(on.as(), { locationId, name, borneBy: 'MERCHANT', ...over });
  if (added.__typename !== 'MerchantAdded') throw new Error(added.message);
  return added.merchant;
}
const validate = (ticketId: string, merchantId: string, discount: ValidateTicketInput['discount']) =>
  validateTicket(on.as(), { ticketId, merchantId, discount });
const pay = (ticketId: string) => payTicket(on.as(), { ticketId, method: 'CASH' });

async function entity(type: string, id: string, selection: string): Promise<Answer> {
  const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} ${selection} } }`;
  const { _entities } = await askGraph(subgraph, on.viewer, source, { of: [{ __typename: type, id }] });
  return _entities[0] as Answer;
}
const quoteOf = async (ticketId: string) =>
  (await entity('Ticket', ticketId, '{ quote { discount { amount } due { amount } } }')).quote as Answer;
const owes = async (merchantId: string) =>
  (await entity('Merchant', merchantId, '{ owes { amount } }')).owes.amount as string;

/** What was booked for the validations of a ticket. */
const booked = (ticketId: string) =>
  on.see(
    `select a.kind, a.tax_percent::float8 as rate, e.amount::int from payments.validation v
     join payments.ledger_transaction t on t.validation_id = v.id join payments.entry e on e.transaction_id = t.id
     join payments.account a on a.id = e.account_id where v.ticket_id = $1 order by 1`,
    [ticketId],
  );

test.each([
  [{ percent: '50' }, '5.00'],
  [{ amount: '3.00' }, '3.00'],
  [{ freeMinutes: 120 }, '4.00'],
])(
  'a validation of %j is taken off five hours, and its merchant owes it once the ticket is paid',
  async (discount, off) => {
    const ticketId = await on.enter(locationId, 4.5);
    const { id, name } = await merchant();
    expect(await validate(ticketId, id, discount)).toMatchObject({
      __typename: 'TicketValidated',
      validation: { name },
    });
    const due = (10 - Number(off)).toFixed(2);
    expect(await quoteOf(ticketId)).toEqual({ discount: { amount: off }, due: { amount: due } });
    expect(await owes(id)).toBe('0.00');
    expect(await pay(ticketId)).toMatchObject({ payment: { amount: Number(due) * 100 } });
    expect(await owes(id)).toBe(off);
    const { validations } = await entity(
      'Ticket',
      ticketId,
      '{ validations { amount { amount } settledAt merchant { id } ticket { id } } }',
    );
    expect(validations).toEqual([
      { amount: { amount: off }, settledAt: NOW, merchant: { id }, ticket: { id: ticketId } },
    ]);
  },
);

test('what a merchant owes is booked with the tax in it, beside what the driver paid', async () => {
  const ticketId = await on.enter(locationId, 4.5);
  await validate(ticketId, (await merchant()).id, { amount: '2.00' });
  await pay(ticketId);
  expect(await booked(ticketId)).toEqual([
    { kind: 'RECEIVABLE', rate: null, amount: 200 },
    { kind: 'TAX', rate: 21, amount: -35 },
    { kind: 'VALIDATIONS', rate: 21, amount: -165 },
  ]);
});

test('a merchant owes the tax on top where prices do not contain it', async () => {
  const elsewhere = await on.openLocation(on.viewer, { ...HOURLY, tax: { percent: '10', included: false } });
  const ticketId = await on.enter(elsewhere, 4.5);
  await validate(ticketId, (await merchant({ locationId: elsewhere })).id, { amount: '2.00' });
  expect(await pay(ticketId)).toMatchObject({ payment: { amount: 880, tax: 80 } });
  expect(await booked(ticketId)).toEqual([
    { kind: 'RECEIVABLE', rate: null, amount: 220 },
    { kind: 'TAX', rate: 10, amount: -20 },
    { kind: 'VALIDATIONS', rate: 10, amount: -200 },
  ]);
});

test('a stay that is free by its validation is settled at the exit', async () => {
  const ticketId = await on.enter(locationId, 1);
  const { id } = await merchant();
  await validate(ticketId, id, { percent: '100' });
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
  expect(await owes(id)).toBe('2.00');
});

test('once settled, a validation takes off no more: who stays on after paying pays the rest', async () => {
  const ticketId = await on.enter(locationId, 1);
  const { id } = await merchant();
  await validate(ticketId, id, { percent: '50' });
  await pay(ticketId);
  on.clock.advance(3 * HOUR);
  expect(await quoteOf(ticketId)).toEqual({ discount: { amount: '1.00' }, due: { amount: '6.00' } });
  await pay(ticketId);
  expect(await owes(id)).toBe('1.00');
});

test('the operator bears what it said that it bears, and nobody owes it', async () => {
  const ticketId = await on.enter(locationId, 1);
  const { id } = await merchant({ borneBy: 'OPERATOR' });
  await validate(ticketId, id, { percent: '50' });
  await pay(ticketId);
  expect([await owes(id), await booked(ticketId)]).toEqual(['0.00', []]);
});

test('two merchants validate one ticket, each of them once', async () => {
  const ticketId = await on.enter(locationId, 4.5);
  const [one, other] = [await merchant(), await merchant()];
  await validate(ticketId, one.id, { amount: '1.00' });
  await validate(ticketId, other.id, { percent: '10' });
  expect(await validate(ticketId, one.id, { amount: '1.00' })).toMatchObject({
    __typename: 'TicketAlreadyValidated',
  });
  const twice = on.database.write(on.viewer, (tx) =>
    tx.run(sql`
      insert into payments.validation (location_id, ticket_id, merchant_id, name, kind, value, currency_code, month,
        validated_at)
      values (${locationId}, ${ticketId}, ${one.id}, 'Again', 'AMOUNT', 100, 'EUR', '2026-05-01', now())`),
  );
  await expect(twice).rejects.toThrow('validation_ticket_id_merchant_id_key');
  await pay(ticketId);
  expect([await owes(one.id), await owes(other.id)]).toEqual(['1.00', '1.00']);
});

test('a limit for each ticket bounds what is taken off', async () => {
  const ticketId = await on.enter(locationId, 4.5);
  await validate(ticketId, (await merchant({ limits: { perTicket: '1.50' } })).id, { percent: '100' });
  expect(await quoteOf(ticketId)).toEqual({ discount: { amount: '1.50' }, due: { amount: '8.50' } });
});

test('the limit of a month is set aside ticket by ticket, however many ask at once, and given back when less is used', async () => {
  const { id } = await merchant({ limits: { perTicket: '2.00', perMonth: '5.00' } });
  const tickets = await Promise.all(Array.from({ length: 6 }, () => on.enter(locationId, 0.5)));
  const outcomes = await Promise.all(tickets.map((ticketId) => validate(ticketId, id, { percent: '50' })));
  const given = outcomes.filter((outcome) => outcome.__typename === 'TicketValidated');
  expect(given.map(({ validation }) => validation.most).toSorted()).toEqual([100, 200, 200]);
  expect(outcomes.filter(({ __typename }) => __typename === 'MerchantLimitReached')).toHaveLength(3);
  for (const { ticket } of given) await pay(ticket.id);
  expect(await owes(id)).toBe('3.00');
  const left = tickets.find((ticketId) => !given.some(({ ticket }) => ticket.id === ticketId));
  expect(await validate(left!, id, { percent: '50' })).toMatchObject({ validation: { most: 200 } });
});

test('what was set aside for a ticket that is voided may be given to another', async () => {
  const { id } = await merchant({ limits: { perTicket: '1.00', perMonth: '1.00' } });
  const [voided, next] = [await on.enter(locationId), await on.enter(locationId)];
  await validate(voided, id, { percent: '50' });
  expect(await validate(next, id, { percent: '50' })).toMatchObject({ __typename: 'MerchantLimitReached' });
  await on.mark(voided, 'VOID');
  expect(await validate(next, id, { percent: '50' })).toMatchObject({ validation: { most: 100 } });
});

test('a new month on the location’s calendar has its whole limit', async () => {
  const { id } = await merchant({ limits: { perTicket: '1.00', perMonth: '1.00' } });
  await validate(await on.enter(locationId), id, { amount: '1.00' });
  on.clock.set('2026-05-31T21:59:59Z');
  expect(await validate(await on.enter(locationId), id, { amount: '1.00' })).toMatchObject({
    __typename: 'MerchantLimitReached',
  });
  on.clock.set('2026-05-31T22:00:00Z');
  expect(await validate(await on.enter(locationId), id, { amount: '1.00' })).toMatchObject({
    __typename: 'TicketValidated',
  });
});

test('a merchant of another location or of a stranger is not found; one that is not active and a ticket that is not open are told', async () => {
  const ticketId = await on.enter(locationId);
  const { id } = await merchant();
  const gone = { extensions: { code: 'NOT_FOUND' } };
  await changeMerchant(on.as(), { merchantId: id, active: false });
  expect(await validate(ticketId, id, { amount: '1' })).toMatchObject({
    __typename: 'MerchantNotActive',
    merchant: { id, active: false },
  });
  await changeMerchant(on.as(), { merchantId: id, active: true });
  const elsewhere = await on.enter(await on.openLocation());
  await expect(validate(elsewhere, id, { amount: '1' })).rejects.toMatchObject(gone);
  const stranger = on.as(testViewer());
  await expect(
    validateTicket(stranger, { ticketId, merchantId: id, discount: { amount: '1' } }),
  ).rejects.toMatchObject(gone);
  await on.mark(ticketId, 'VOID');
  expect(await validate(ticketId, id, { amount: '1' })).toMatchObject({ __typename: 'TicketNotOpen' });
});

test.each([
  [{}, 'discount'],
  [{ percent: '50', amount: '1' }, 'discount'],
  [{ percent: '101' }, 'discount.percent'],
  [{ percent: '0' }, 'discount.percent'],
  [{ percent: '1.2345' }, 'discount.percent'],
  [{ amount: '-1' }, 'discount.amount'],
  [{ amount: '1.234' }, 'discount.amount'],
  [{ freeMinutes: 0 }, 'discount.freeMinutes'],
  [{ freeMinutes: 525_601 }, 'discount.freeMinutes'],
])('a discount of %j is refused', async (discount, field) => {
  const asked = validate(await on.enter(locationId), (await merchant()).id, discount);
  await expect(asked).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field } });
});

test.each([
  [{ perTicket: '1.234' }, 'limits.perTicket'],
  [{ perTicket: '0' }, 'limits.perTicket'],
  [{ perMonth: '5' }, 'limits.perTicket'],
  [{ perTicket: '1', perMonth: 'much' }, 'limits.perMonth'],
  [{ perTicket: '5.01', perMonth: '5.00' }, 'limits.perTicket'],
])('limits of %j are refused, for a new merchant and for one that there is', async (limits, field) => {
  const refused = { extensions: { code: 'BAD_USER_INPUT', field } };
  await expect(merchant({ limits })).rejects.toMatchObject(refused);
  const { id: merchantId } = await merchant();
  await expect(changeMerchant(on.as(), { merchantId, limits })).rejects.toMatchObject(refused);
});

test('names are unique at a location, and a limit for the month needs one for each ticket', async () => {
  const { id, name } = await merchant();
  const taken = { __typename: 'MerchantNameTaken' };
  expect(await addMerchant(on.as(), { locationId, name, borneBy: 'MERCHANT' })).toMatchObject(taken);
  const other = await merchant();
  expect(await changeMerchant(on.as(), { merchantId: other.id, name })).toMatchObject(taken);
  expect(
    await changeMerchant(on.as(), { merchantId: id, name: `${name} bis`, borneBy: 'OPERATOR' }),
  ).toMatchObject({
    merchant: { name: `${name} bis`, borneBy: 'OPERATOR', active: true },
  });
  const unbounded = on.see(
    `insert into payments.merchant (tenant_id, location_id, name, borne_by, most_per_month)
     values ($1, $2, 'X', 'MERCHANT', 5)`,
    [on.viewer.tenantId, newId()],
  );
  await expect(unbounded).rejects.toThrow('merchant_check');
});

test('what was settled is never changed, and who may not take payments validates nothing', async () => {
  const ticketId = await on.enter(locationId);
  const { id } = await merchant();
  await validate(ticketId, id, { amount: '1.00' });
  await pay(ticketId);
  const change = 'update payments.validation set amount = 0 where ticket_id = $1';
  await expect(on.see(change, [ticketId])).rejects.toThrow('never changed');
  await expect(on.see('delete from payments.validation where ticket_id = $1', [ticketId])).rejects.toThrow(
    'never changed',
  );
  const reader = { ...on.viewer, scopes: on.viewer.scopes.filter((scope) => scope !== 'payments:write') };
  await expect(
    validateTicket(on.as(reader), { ticketId, merchantId: id, discount: { amount: '1' } }),
  ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
});

test('a report of the location shows what merchants owe beside what was paid', async () => {
  const place = await on.openLocation();
  const ticketId = await on.enter(place, 4.5);
  await validate(ticketId, (await merchant({ locationId: place })).id, { amount: '4.00' });
  await pay(ticketId);
  const report = await entity(
    'Location',
    place,
    `{ merchants { active mostPerTicket { amount } }
      revenue(from: "2026-05-04T00:00:00Z", to: "2026-05-05T00:00:00Z") { total { amount } tax { amount } validated { amount } groups { payments } } }`,
  );
  expect(report).toEqual({
    merchants: [{ active: true, mostPerTicket: null }],
    revenue: {
      total: { amount: '6.00' },
      tax: { amount: '1.04' },
      validated: { amount: '4.00' },
      groups: [{ payments: 1 }],
    },
  });
});
