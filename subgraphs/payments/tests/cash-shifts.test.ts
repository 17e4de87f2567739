import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { closeCashShift } from '../src/use-cases/close-cash-shift.js';
import { openCashShift } from '../src/use-cases/open-cash-shift.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { type Answer, askGraph } from './ask-graph.js';
import { NOW, openPayments, tenderOf, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());
beforeEach(() => on.clock.set(NOW));

async function openShift(locationId: string, float = '100.00') {
  const opened = await openCashShift(on.as(), { locationId, float });
  if (opened.__typename !== 'CashShiftOpened') throw new Error(opened.message);
  return opened.cashShift;
}

/** Pays a stay of one hour, which is two euros. */
async function pay(locationId: string, method: 'CASH' | 'CARD' = 'CASH') {
  const ticketId = await on.enter(locationId);
  const paid = await payTicket(on.as(), { ticketId, method, tender: tenderOf(method) });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  return paid.payment;
}

const SHIFT = `{ openedAt closedAt float { amount } received { amount } givenBack { amount } payments refunds
  expected { amount } counted { amount } difference { amount } location { id } }`;

const ask = (source: string, variables: Record<string, unknown>, viewer = on.viewer): Promise<Answer> =>
  askGraph(subgraph, viewer, source, variables);
const shiftNow = async (id: string) =>
  (await ask(`query ($id: ID!) { cashShift(id: $id) ${SHIFT} }`, { id })).cashShift;

test('cash belongs to the shift that is open, cards and other times do not, and what is missing is booked', async () => {
  const locationId = await on.openLocation();
  await pay(locationId);
  const { id } = await openShift(locationId);
  const first = await pay(locationId);
  await pay(locationId);
  await pay(locationId, 'CARD');
  await refundPayment(on.as(), { paymentId: first.id, amount: '0.50', reason: 'Broken barrier' });
  const open = {
    openedAt: NOW,
    closedAt: null,
    float: { amount: '100.00' },
    received: { amount: '4.00' },
    givenBack: { amount: '0.50' },
    payments: 2,
    refunds: 1,
    expected: { amount: '103.50' },
    counted: null,
    difference: null,
    location: { id: locationId },
  };
  expect(await shiftNow(id)).toEqual(open);
  on.clock.advance(60_000);
  expect(await closeCashShift(on.as(), { cashShiftId: id, counted: '102.00' })).toMatchObject({
    __typename: 'CashShiftClosed',
    cashShift: { counted: 10200, expected: 10350 },
  });
  await pay(locationId);
  expect(await shiftNow(id)).toEqual({
    ...open,
    closedAt: '2026-05-04T08:01:00.000Z',
    counted: { amount: '102.00' },
    difference: { amount: '-1.50' },
  });
  const booked = await on.see(
    `select a.kind, e.amount from payments.ledger_transaction t join payments.entry e on e.transaction_id = t.id
     join payments.account a on a.id = e.account_id where t.closing_of = $1 order by 1, e.id`,
    [id],
  );
  expect(booked).toEqual([
    { kind: 'CASH_DIFFERENCE', amount: '150' },
    { kind: 'CASH_DRAWER', amount: '-150' },
    { kind: 'CASH_DRAWER', amount: '-10200' },
    { kind: 'SAFE', amount: '10200' },
  ]);
  const events = await on.see<{ type: string; data: object }>(
    `select type, data from events.event where subject_id = $1 order by seq`,
    [id],
  );
  expect(events).toEqual([
    {
      type: 'cash_shift.opened',
      data: { cashShiftId: id, locationId, currencyCode: 'EUR', float: '100.00' },
    },
    {
      type: 'cash_shift.closed',
      data: {
        cashShiftId: id,
        locationId,
        currencyCode: 'EUR',
        float: '100.00',
        counted: '102.00',
        expected: '103.50',
        difference: '-1.50',
      },
    },
  ]);
});

test('a drawer that was empty all the time books nothing', async () => {
  const { id } = await openShift(await on.openLocation(), '0.00');
  await closeCashShift(on.as(), { cashShiftId: id, counted: '0' });
  expect(await on.see('select from payments.ledger_transaction where cash_shift_id = $1', [id])).toEqual([]);
});

test('a drawer has one open shift, however many ask at once', async () => {
  const locationId = await on.openLocation();
  const asked = Array.from({ length: 6 }, () => openCashShift(on.as(), { locationId, float: '10.00' }));
  const outcomes = (await Promise.all(asked)).map(({ __typename }) => __typename).toSorted();
  expect(outcomes).toEqual([...Array.from({ length: 5 }, () => 'CashShiftAlreadyOpen'), 'CashShiftOpened']);
  const second = on.database.write(on.viewer, (tx) =>
    tx.run(sql`
      insert into payments.cash_shift (location_id, currency_code, opening_float, opened_at)
      values (${locationId}, 'EUR', 0, now())`),
  );
  await expect(second).rejects.toThrow('cash_shift_one_open');
});

test('cash that is paid while the shift is being closed is counted or belongs to no shift', async () => {
  const locationId = await on.openLocation();
  const { id } = await openShift(locationId, '0.00');
  const tickets = await Promise.all(Array.from({ length: 12 }, () => on.enter(locationId)));
  const paying = tickets.map((ticketId) => payTicket(on.as(), { ticketId, method: 'CASH' }));
  const closing = closeCashShift(on.as(), { cashShiftId: id, counted: '0.00' });
  const [closed] = await Promise.all([closing, ...paying]);
  const [{ held } = { held: '' }] = await on.see<{ held: string }>(
    `select coalesce(sum(e.amount), 0) as held from payments.ledger_transaction t
     join payments.entry e on e.transaction_id = t.id join payments.account a on a.id = e.account_id
     where t.cash_shift_id = $1 and a.kind = 'CASH_DRAWER' and t.closing_of is null`,
    [id],
  );
  expect(closed.cashShift.expected).toBe(Number(held));
});

test('a shift is closed once, and a closed one is never changed or removed', async () => {
  const { id } = await openShift(await on.openLocation());
  await closeCashShift(on.as(), { cashShiftId: id, counted: '100.00' });
  expect(await closeCashShift(on.as(), { cashShiftId: id, counted: '99.00' })).toMatchObject({
    __typename: 'CashShiftNotOpen',
    cashShift: { counted: 10000 },
  });
  await expect(on.see('update payments.cash_shift set counted = 1 where id = $1', [id])).rejects.toThrow(
    'never changed',
  );
  await expect(on.see('delete from payments.cash_shift where id = $1', [id])).rejects.toThrow(
    'never changed',
  );
  await expect(on.see('truncate payments.cash_shift cascade')).rejects.toThrow('never changed');
});

test('the same key opens one shift and closes it once', async () => {
  const input = { locationId: await on.openLocation(), float: '5.00', idempotencyKey: newId() };
  const [first, again] = [await openCashShift(on.as(), input), await openCashShift(on.as(), input)];
  expect(again).toEqual(JSON.parse(JSON.stringify(first)));
});

test('a location lists its shifts, newest first, and the one that is open', async () => {
  const locationId = await on.openLocation();
  const first = await openShift(locationId, '1.00');
  await closeCashShift(on.as(), { cashShiftId: first.id, counted: '1.00' });
  const second = await openShift(locationId, '2.00');
  const { _entities } = await ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Location {
      cashShift { id } cashShifts(first: 1) { nodes { id } totalCount pageInfo { hasNextPage } } } } }`,
    { of: [{ __typename: 'Location', id: locationId }] },
  );
  expect(_entities).toEqual([
    {
      cashShift: { id: second.id },
      cashShifts: { nodes: [{ id: second.id }], totalCount: 2, pageInfo: { hasNextPage: true } },
    },
  ]);
});

test('who may not take payments opens and closes nothing, and a stranger finds nothing', async () => {
  const locationId = await on.openLocation();
  const { id } = await openShift(locationId);
  const reader = { ...on.viewer, scopes: on.viewer.scopes.filter((scope) => scope !== 'payments:write') };
  await expect(openCashShift(on.as(reader), { locationId, float: '1' })).rejects.toThrow();
  await expect(closeCashShift(on.as(reader), { cashShiftId: id, counted: '1' })).rejects.toThrow();
  const stranger = on.as(testViewer());
  await expect(openCashShift(stranger, { locationId, float: '1' })).rejects.toMatchObject({
    extensions: { code: 'NOT_FOUND' },
  });
  await expect(closeCashShift(stranger, { cashShiftId: id, counted: '1' })).rejects.toMatchObject({
    extensions: { code: 'NOT_FOUND' },
  });
});

test.each(['-1', '1.234', 'much'])('a float or a count of %s is refused by its own name', async (amount) => {
  const locationId = await on.openLocation();
  const { id: cashShiftId } = await openShift(locationId);
  const refused = (field: string) => ({ extensions: { code: 'BAD_USER_INPUT', field } });
  await expect(openCashShift(on.as(), { locationId, float: amount })).rejects.toMatchObject(refused('float'));
  await expect(closeCashShift(on.as(), { cashShiftId, counted: amount })).rejects.toMatchObject(
    refused('counted'),
  );
});
