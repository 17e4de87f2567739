import { closeCashShift } from '../src/use-cases/close-cash-shift.js';
import { openCashShift } from '../src/use-cases/open-cash-shift.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

async function open(locationId: string, float: string): Promise<string> {
  const opened = await openCashShift(on.as(), { locationId, float });
  if (opened.__typename !== 'CashShiftOpened') throw new Error(opened.message);
  return opened.cashShift.id;
}
const close = (cashShiftId: string, counted: string) => closeCashShift(on.as(), { cashShiftId, counted });

/** Pays a stay of one hour, which is two euros. */
async function pay(locationId: string): Promise<string> {
  const paid = await payTicket(on.as(), { ticketId: await on.enter(locationId), method: 'CASH' });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  return paid.payment.id;
}

/** What the ledger says of an account of a location, in minor units. */
async function holds(locationId: string, kind: string): Promise<number> {
  const [row] = await on.see<{ held: string }>(
    `select coalesce(sum(e.amount), 0) as held from payments.entry e join payments.account a on a.id = e.account_id
     where a.location_id = $1 and a.kind = $2`,
    [locationId, kind],
  );
  return Number(row?.held);
}
const drawerAndSafe = async (locationId: string) => [
  await holds(locationId, 'CASH_DRAWER'),
  await holds(locationId, 'SAFE'),
];

test('a drawer holds what is in it: the float, then its cash, and nothing when all went to the safe', async () => {
  const locationId = await on.openLocation();
  const shift = await open(locationId, '100.00');
  expect(await drawerAndSafe(locationId)).toEqual([10_000, -10_000]);
  const paymentId = await pay(locationId);
  await pay(locationId);
  await refundPayment(on.as(), { paymentId, amount: '0.50', reason: 'Broken barrier' });
  expect(await drawerAndSafe(locationId)).toEqual([10_350, -10_000]);
  await close(shift, '103.00');
  expect(await drawerAndSafe(locationId)).toEqual([0, 300]);
  expect(await holds(locationId, 'CASH_DIFFERENCE')).toBe(50);
});

test('what was paid between shifts is a part of the next float, or goes to the safe', async () => {
  const locationId = await on.openLocation();
  await pay(locationId);
  expect(await drawerAndSafe(locationId)).toEqual([200, 0]);
  const shift = await open(locationId, '5.00');
  expect(await drawerAndSafe(locationId)).toEqual([500, -300]);
  await close(shift, '5.00');
  await pay(locationId);
  await open(locationId, '0.00');
  expect(await drawerAndSafe(locationId)).toEqual([0, 400]);
});

test('cash that is paid while a shift begins or ends is in its float, its cash or that of no shift, never half', async () => {
  const locationId = await on.openLocation();
  const tickets = await Promise.all(Array.from({ length: 16 }, () => on.enter(locationId)));
  const payAll = (some: string[]) =>
    some.map((ticketId) => payTicket(on.as(), { ticketId, method: 'CASH' }).then(() => undefined));
  const [shift] = await Promise.all([open(locationId, '100.00'), ...payAll(tickets.slice(0, 8))]);
  const ofShift = async () => {
    const [row] = await on.see<{ cash: string }>(
      `select coalesce(sum(e.amount), 0) as cash from payments.ledger_transaction t
       join payments.entry e on e.transaction_id = t.id
       join payments.account a on a.id = e.account_id and a.kind = 'CASH_DRAWER'
       where t.cash_shift_id = $1 and t.payment_id is not null`,
      [shift],
    );
    return Number(row?.cash);
  };
  expect(await holds(locationId, 'CASH_DRAWER')).toBe(10_000 + (await ofShift()));
  const [closed] = await Promise.all([close(shift, '0.00'), ...payAll(tickets.slice(8))]);
  const cash = await ofShift();
  expect(closed).toMatchObject({ cashShift: { expected: 10_000 + cash } });
  const [before] = await on.see<{ cash: string }>(
    `select coalesce(sum(e.amount), 0) as cash from payments.entry e
     join payments.account a on a.id = e.account_id and a.kind = 'CASH_DRAWER'
     join payments.ledger_transaction t on t.id = e.transaction_id and t.payment_id is not null
     where a.location_id = $1 and e.id > (select max(x.id) from payments.entry x
       join payments.ledger_transaction c on c.id = x.transaction_id where c.closing_of = $2)`,
    [locationId, shift],
  );
  expect(await holds(locationId, 'CASH_DRAWER')).toBe(Number(before?.cash));
});
