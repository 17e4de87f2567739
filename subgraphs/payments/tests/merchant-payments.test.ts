import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { addMerchant } from '../src/use-cases/add-merchant.js';
import { openCashShift } from '../src/use-cases/open-cash-shift.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import {
  recordMerchantPayment,
  type RecordMerchantPaymentInput,
} from '../src/use-cases/record-merchant-payment.js';
import { validateTicket } from '../src/use-cases/validate-ticket.js';
import { type Answer, askGraph } from './ask-graph.js';
import { NOW, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

/** A merchant that owes four euros. */
async function debtor() {
  const locationId = await on.openLocation();
  const added = await addMerchant(on.as(), { locationId, name: 'Cine', borneBy: 'MERCHANT' });
  if (added.__typename !== 'MerchantAdded') throw new Error(added.message);
  const merchantId = added.merchant.id;
  const ticketId = await on.enter(locationId, 4.5);
  await validateTicket(on.as(), { ticketId, merchantId, discount: { amount: '4.00' } });
  await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_approve' } });
  return { locationId, merchantId };
}

const record = (merchantId: string, amount: string, over: Partial<RecordMerchantPaymentInput> = {}) =>
  recordMerchantPayment(on.as(), { merchantId, amount, method: 'BANK_TRANSFER', ...over });

const MERCHANT = `{ owes { amount currencyCode } payments { totalCount nodes { amount { amount currencyCode } method
  reference recordedAt merchant { id } } } }`;
async function merchantNow(id: string): Promise<Answer> {
  const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Merchant ${MERCHANT} } }`;
  const asked = await askGraph(subgraph, on.viewer, source, { of: [{ __typename: 'Merchant', id }] });
  return asked._entities[0] as Answer;
}
const owes = async (merchantId: string) => (await merchantNow(merchantId)).owes.amount as string;

const booked = (locationId: string) =>
  on.see(
    `select a.kind, e.amount::int, t.cash_shift_id as shift from payments.ledger_transaction t
     join payments.entry e on e.transaction_id = t.id join payments.account a on a.id = e.account_id
     where t.location_id = $1 and t.merchant_payment_id is not null order by e.id`,
    [locationId],
  );

test('a merchant pays what it owes, bit by bit; the ledger, the event and the list tell it', async () => {
  const { locationId, merchantId } = await debtor();
  expect(await owes(merchantId)).toBe('4.00');
  const { recordMerchantPayment: answer } = await askGraph(
    subgraph,
    on.viewer,
    `mutation ($input: RecordMerchantPaymentInput!) { recordMerchantPayment(input: $input) {
      ... on MerchantPaymentRecorded { merchantPayment { amount { amount } } merchant { owes { amount } } } } }`,
    { input: { merchantId, amount: '3.00', method: 'BANK_TRANSFER', reference: ' INV-31 ' } },
  );
  expect(answer).toEqual({
    merchantPayment: { amount: { amount: '3.00' } },
    merchant: { owes: { amount: '1.00' } },
  });
  await record(merchantId, '1', { method: 'CASH' });
  const node = { recordedAt: NOW, merchant: { id: merchantId } };
  expect(await merchantNow(merchantId)).toEqual({
    owes: { amount: '0.00', currencyCode: 'EUR' },
    payments: {
      totalCount: 2,
      nodes: [
        { ...node, amount: { amount: '1.00', currencyCode: 'EUR' }, method: 'CASH', reference: null },
        {
          ...node,
          amount: { amount: '3.00', currencyCode: 'EUR' },
          method: 'BANK_TRANSFER',
          reference: 'INV-31',
        },
      ],
    },
  });
  expect(await booked(locationId)).toEqual([
    { kind: 'BANK', amount: 300, shift: null },
    { kind: 'RECEIVABLE', amount: -300, shift: null },
    { kind: 'CASH_DRAWER', amount: 100, shift: null },
    { kind: 'RECEIVABLE', amount: -100, shift: null },
  ]);
  const [event] = await on.see(
    `select type, subject_type, data - 'merchantPaymentId' as data from events.event where subject_id = $1 order by seq`,
    [merchantId],
  );
  expect(event).toEqual({
    type: 'merchant.paid',
    subject_type: 'Merchant',
    data: {
      merchantId,
      merchantName: 'Cine',
      locationId,
      method: 'BANK_TRANSFER',
      amount: '3.00',
      currencyCode: 'EUR',
      reference: 'INV-31',
    },
  });
});

test('cash of a merchant belongs to the open shift and is expected in its drawer', async () => {
  const { locationId, merchantId } = await debtor();
  const opened = await openCashShift(on.as(), { locationId, float: '10.00' });
  if (opened.__typename !== 'CashShiftOpened') throw new Error(opened.message);
  const { id } = opened.cashShift;
  await record(merchantId, '2.50', { method: 'CASH' });
  const source =
    'query ($id: ID!) { cashShift(id: $id) { received { amount } payments expected { amount } } }';
  expect((await askGraph(subgraph, on.viewer, source, { id })).cashShift).toEqual({
    received: { amount: '2.50' },
    payments: 1,
    expected: { amount: '12.50' },
  });
  expect(await booked(locationId)).toContainEqual({ kind: 'CASH_DRAWER', amount: 250, shift: id });
});

test('nobody pays more than is owed, however many pay at once', async () => {
  const { merchantId } = await debtor();
  expect(await record(merchantId, '4.01')).toMatchObject({ __typename: 'MerchantPaymentExceedsDebt' });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => record(merchantId, '1.50')));
  expect(outcomes.map(({ __typename }) => __typename).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'MerchantPaymentExceedsDebt'),
    ...Array.from({ length: 2 }, () => 'MerchantPaymentRecorded'),
  ]);
  expect(await owes(merchantId)).toBe('1.00');
});

test('the database refuses more than is owed, whoever writes and however many at once', async () => {
  const { locationId, merchantId } = await debtor();
  const write = (amount: number, checked: () => Promise<void> = async () => {}) =>
    on.database.write(on.viewer, async (tx) => {
      const [paymentId, bookingId] = [newId(), newId()];
      await tx.run(sql`
        insert into payments.merchant_payment (id, location_id, merchant_id, method, currency_code, amount, recorded_at)
        values (${paymentId}, ${locationId}, ${merchantId}, 'BANK_TRANSFER', 'EUR', ${amount}, now())`);
      await tx.run(sql`
        insert into payments.ledger_transaction (id, location_id, merchant_payment_id, occurred_at)
        values (${bookingId}, ${locationId}, ${paymentId}, now())`);
      await tx.run(sql`
        insert into payments.entry (transaction_id, location_id, account_id, amount, currency_code)
        select ${bookingId}, ${locationId}, payments.account_id(${locationId}, kind, 'EUR'), amount, 'EUR'
        from (values ('BANK', ${amount}::bigint), ('RECEIVABLE', ${-amount}::bigint)) line(kind, amount)`);
      await tx.run(sql`set constraints all immediate`);
      await checked();
    });
  const refused = 'owes less than it would pay';
  await expect(write(401)).rejects.toThrow(refused);
  // the accounts are open from now on, so that nobody waits for them
  await write(100);
  let second: Promise<unknown> = Promise.resolve();
  await write(200, async () => {
    let ended = false;
    second = expect(write(200)).rejects.toThrow(refused);
    void second.catch(() => {}).finally(() => (ended = true));
    const isWaiting = async () =>
      (
        await on.see(
          'select from pg_stat_activity where datname = current_database() and wait_event_type = $1',
          ['Lock'],
        )
      ).length > 0;
    while (!ended && !(await isWaiting()));
  });
  await second;
  expect(await owes(merchantId)).toBe('1.00');
});

test('the same key records one payment', async () => {
  const { merchantId } = await debtor();
  const key = { idempotencyKey: newId() };
  const [one, again] = [await record(merchantId, '1.00', key), await record(merchantId, '1.00', key)];
  expect(again).toEqual(JSON.parse(JSON.stringify(one)));
  expect(await owes(merchantId)).toBe('3.00');
});

test('what a merchant paid is never changed, and is no revenue', async () => {
  const { locationId, merchantId } = await debtor();
  await record(merchantId, '1.00');
  for (const change of [
    'update payments.merchant_payment set amount = 1',
    'delete from payments.merchant_payment',
  ]) {
    await expect(on.see(`${change} where merchant_id = $1`, [merchantId])).rejects.toThrow('never changed');
  }
  const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Location {
    revenue(from: "2026-05-04T00:00:00Z", to: "2026-05-05T00:00:00Z") { total { amount } validated { amount } } } } }`;
  const of = [{ __typename: 'Location', id: locationId }];
  expect((await askGraph(subgraph, on.viewer, source, { of }))._entities).toEqual([
    { revenue: { total: { amount: '6.00' }, validated: { amount: '4.00' } } },
  ]);
});

test.each([
  [{ amount: '0' }, 'amount'],
  [{ amount: '-1' }, 'amount'],
  [{ amount: '1.234' }, 'amount'],
  [{ amount: '1', reference: 'x'.repeat(141) }, 'reference'],
])('a payment of %j is refused', async (input, field) => {
  const { merchantId } = await debtor();
  await expect(record(merchantId, input.amount, input)).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field },
  });
});

test('who may not take payments records none, and a stranger finds no merchant', async () => {
  const { merchantId } = await debtor();
  const input = { merchantId, amount: '1.00', method: 'CASH' as const };
  const reader = { ...on.viewer, scopes: on.viewer.scopes.filter((scope) => scope !== 'payments:write') };
  await expect(recordMerchantPayment(on.as(reader), input)).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });
  const elsewhere = { ...on.viewer, locationIds: [newId()] };
  for (const viewer of [testViewer(), elsewhere]) {
    await expect(recordMerchantPayment(on.as(viewer), input)).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  }
});
