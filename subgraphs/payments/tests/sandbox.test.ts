import { newId } from '@plaza/platform/ids';
import type { Charge } from '../src/providers/provider.js';
import { cancelPayment } from '../src/use-cases/cancel-payment.js';
import { confirmPayment } from '../src/use-cases/confirm-payment.js';
import { finishPayment } from '../src/use-cases/finish-payment.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { recoverPayments } from '../src/use-cases/recover-payments.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const car = async () => on.enter(await on.openLocation());
const pay = (ticketId: string, token: string, idempotencyKey = newId()) =>
  payTicket(on.as(), { ticketId, method: 'CARD', tender: { token }, idempotencyKey });
const paymentIdOf = (outcome: object) => (outcome as { payment: { id: string } }).payment.id;
const statusesOf = async (ticketId: string) =>
  (
    await on.see<{ status: string }>('select status from payments.payment where ticket_id = $1 order by id', [
      ticketId,
    ])
  ).map(({ status }) => status);
const bookedOf = async (ticketId: string) =>
  (
    await on.see(
      `select 1 from payments.ledger_transaction t join payments.payment p on p.id = t.payment_id
       where p.ticket_id = $1`,
      [ticketId],
    )
  ).length;
const age = (ticketId: string, interval: string) =>
  on.see(`update payments.payment set created_at = now() - $2::interval where ticket_id = $1`, [
    ticketId,
    interval,
  ]);

test.each([
  ['tok_decline_lost_or_stolen_card', 'LOST_OR_STOLEN_CARD'],
  ['tok_decline_limit_exceeded', 'LIMIT_EXCEEDED'],
  ['tok_decline_wrong_security_code', 'WRONG_SECURITY_CODE'],
])('%s is declined with %s', async (token, reason) => {
  const ticketId = await car();
  expect(await pay(ticketId, token)).toMatchObject({ __typename: 'PaymentDeclined', reason });
  expect(await statusesOf(ticketId)).toEqual(['DECLINED']);
});

describe('a card that needs a second step', () => {
  test('waits for the code, tells so again under its key, and is taken once it is confirmed', async () => {
    const ticketId = await car();
    const key = newId();
    const waiting = await pay(ticketId, 'tok_second_step', key);
    expect(waiting).toMatchObject({
      __typename: 'PaymentActionRequired',
      action: { kind: 'CODE', url: null },
      payment: { status: 'PENDING', nextAction: { kind: 'CODE' } },
    });
    expect(await pay(ticketId, 'tok_second_step', key)).toMatchObject({
      __typename: 'PaymentActionRequired',
    });
    expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
      __typename: 'PaymentInProgress',
    });
    expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'PaymentRequired' });
    const confirming = { paymentId: paymentIdOf(waiting), code: '123456' };
    const outcomes = await Promise.all([1, 2, 3].map(() => confirmPayment(on.as(), confirming)));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ __typename: 'TicketPaid', payment: { status: 'SUCCEEDED' } });
    }
    expect(await bookedOf(ticketId)).toBe(1);
    expect(await pay(ticketId, 'tok_second_step', key)).toMatchObject({ __typename: 'TicketPaid' });
  });

  test('is declined for a wrong code', async () => {
    const ticketId = await car();
    const paymentId = paymentIdOf(await pay(ticketId, 'tok_second_step'));
    expect(await confirmPayment(on.as(), { paymentId })).toMatchObject({
      __typename: 'PaymentActionRequired',
    });
    expect(await confirmPayment(on.as(), { paymentId, code: '000000' })).toMatchObject({
      __typename: 'PaymentDeclined',
      reason: 'NOT_AUTHENTICATED',
    });
    expect(await confirmPayment(on.as(), { paymentId, code: '123456' })).toMatchObject({
      __typename: 'PaymentDeclined',
    });
    expect(await bookedOf(ticketId)).toBe(0);
  });

  test('can be given up, and the ticket paid otherwise', async () => {
    const ticketId = await car();
    const paymentId = paymentIdOf(await pay(ticketId, 'tok_second_step'));
    expect(await cancelPayment(on.as(), { paymentId })).toMatchObject({
      __typename: 'PaymentCancelled',
      payment: { status: 'CANCELLED' },
    });
    expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
      __typename: 'TicketPaid',
    });
    expect(await confirmPayment(on.as(), { paymentId, code: '123456' })).toMatchObject({
      __typename: 'PaymentDeclined',
      reason: 'CANCELLED',
    });
    expect(await bookedOf(ticketId)).toBe(1);
  });

  test('is left alone for a quarter of an hour, then cancelled', async () => {
    const ticketId = await car();
    await pay(ticketId, 'tok_second_step');
    await age(ticketId, '10 minutes');
    await recoverPayments(on.as(), 0);
    expect(await statusesOf(ticketId)).toEqual(['PENDING']);
    await age(ticketId, '16 minutes');
    await recoverPayments(on.as(), 0);
    expect(await statusesOf(ticketId)).toEqual(['CANCELLED']);
  });

  test('takes no money for a ticket that was voided before the code came', async () => {
    const ticketId = await car();
    const paymentId = paymentIdOf(await pay(ticketId, 'tok_second_step'));
    await on.mark(ticketId, 'VOID');
    expect(await confirmPayment(on.as(), { paymentId, code: '123456' })).toMatchObject({
      __typename: 'TicketNotPayable',
    });
    const charge = await on.see('select status from payments.sandbox_charge where payment_id = $1', [
      paymentId,
    ]);
    expect(charge).toEqual([{ status: 'CANCELLED' }]);
    expect(await bookedOf(ticketId)).toBe(0);
  });
});

test('what was taken cannot be cancelled, and what was settled at once waits for nobody', async () => {
  const ticketId = await car();
  const card = paymentIdOf(await pay(ticketId, 'tok_approve'));
  expect(await cancelPayment(on.as(), { paymentId: card })).toMatchObject({
    __typename: 'PaymentNotCancellable',
  });
  const cash = paymentIdOf(await payTicket(on.as(), { ticketId: await car(), method: 'CASH' }));
  expect(await confirmPayment(on.as(), { paymentId: cash })).toMatchObject({
    __typename: 'PaymentNotWaiting',
  });
  expect(await cancelPayment(on.as(), { paymentId: cash })).toMatchObject({
    __typename: 'PaymentNotCancellable',
  });
  const nobodys = { paymentId: newId() };
  await expect(cancelPayment(on.as(), nobodys)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  await expect(confirmPayment(on.as(), nobodys)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
});

test('a time-out in which no money was taken is found out, and the driver may pay again', async () => {
  const ticketId = await car();
  expect(await pay(ticketId, 'tok_timeout_nothing_taken')).toMatchObject({ __typename: 'PaymentInProgress' });
  expect(await recoverPayments(on.as(), 0)).toBe(1);
  expect(await statusesOf(ticketId)).toEqual(['CANCELLED']);
  expect(await pay(ticketId, 'tok_approve')).toMatchObject({ __typename: 'TicketPaid' });
});

test('a bank that decides later is waited for, and cannot be called off', async () => {
  const ticketId = await car();
  const waiting = await pay(ticketId, 'tok_succeed_later');
  expect(waiting).toMatchObject({
    __typename: 'PaymentInProgress',
    payment: { status: 'PENDING', nextAction: { kind: 'WAIT' } },
  });
  expect(await cancelPayment(on.as(), { paymentId: paymentIdOf(waiting) })).toMatchObject({
    __typename: 'PaymentInProgress',
  });
  await age(ticketId, '2 days');
  await recoverPayments(on.as(), 0);
  expect(await statusesOf(ticketId)).toEqual(['PENDING']);
});

test('a payment that was authorised by a process that died is taken by the recovery', async () => {
  const ticketId = await car();
  const [sandbox] = on.as().providers;
  const dying = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
    capture: () => Promise.reject(new Error('The line is dead.')),
  });
  expect(
    await payTicket(on.as(on.viewer, [dying]), {
      ticketId,
      method: 'CARD',
      tender: { token: 'tok_approve' },
    }),
  ).toMatchObject({ __typename: 'PaymentInProgress', payment: { status: 'AUTHORIZED' } });
  await Promise.all([recoverPayments(on.as(), 0), recoverPayments(on.as(), 0)]);
  expect(await statusesOf(ticketId)).toEqual(['SUCCEEDED']);
  expect(await bookedOf(ticketId)).toBe(1);
});

test('an answer that was overtaken tells nothing any more', async () => {
  const ticketId = await car();
  const paymentId = paymentIdOf(await pay(ticketId, 'tok_second_step'));
  const unfinished = { paymentId, ticketId, tenantId: on.viewer.tenantId, provider: 'sandbox' };
  const late = (charge: Charge) => finishPayment(on.as(), on.viewer, unfinished, charge);
  const action = { kind: 'CODE' as const, url: null };
  await on.see(`update payments.payment set status = 'AUTHORIZED', next_action = null where id = $1`, [
    paymentId,
  ]);
  expect(await late({ status: 'ACTION_REQUIRED', reference: 'late', action })).toMatchObject({
    __typename: 'PaymentInProgress',
    payment: { status: 'AUTHORIZED', nextAction: null },
  });
  await confirmPayment(on.as(), { paymentId, code: '123456' });
  for (const charge of [
    { status: 'ACTION_REQUIRED', reference: 'late', action },
    { status: 'PROCESSING', reference: 'late' },
    { status: 'AUTHORISED', reference: 'late' },
    { status: 'CAPTURED', reference: 'late' },
    { status: 'CANCELLED', reason: 'CANCELLED' },
  ] satisfies Charge[]) {
    expect(await late(charge)).toMatchObject({ __typename: 'TicketPaid', payment: { status: 'SUCCEEDED' } });
  }
  expect(await bookedOf(ticketId)).toBe(1);
});

test('confirming, giving up, voiding and the job at once: money and books end the same way', async () => {
  const locationId = await on.openLocation();
  const ends = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const ticketId = await on.enter(locationId);
    const paymentId = paymentIdOf(await pay(ticketId, 'tok_second_step'));
    await Promise.all([
      confirmPayment(on.as(), { paymentId, code: '123456' }),
      round % 3 === 0 ? null : cancelPayment(on.as(), { paymentId }),
      round % 4 === 0 ? on.mark(ticketId, 'VOID') : null,
      recoverPayments(on.as(), 0),
      recoverPayments(on.as(), 0),
    ]);
    await recoverPayments(on.as(), 0);
    const [status] = await statusesOf(ticketId);
    const [held] = await on.see<{ kept: string }>(
      `select coalesce(sum(c.amount), 0) - coalesce(sum(r.amount), 0) as kept from payments.sandbox_charge c
       left join payments.sandbox_refund r on r.payment_id = c.payment_id
       where c.payment_id = $1 and c.status = 'CAPTURED'`,
      [paymentId],
    );
    ends.add(status!);
    expect(['SUCCEEDED', 'CANCELLED']).toContain(status);
    expect([Number(held?.kept), await bookedOf(ticketId)]).toEqual(
      status === 'SUCCEEDED' ? [200, 1] : [0, 0],
    );
  }
  expect(ends.size).toBe(2);
});

test('a provider that stays silent is asked less and less often, and by one process at a time', async () => {
  const ticketId = await car();
  await pay(ticketId, 'tok_timeout');
  let asked = 0;
  const [sandbox] = on.as().providers;
  const silent = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
    lookUp: () => {
      asked += 1;
      return Promise.reject(new Error('The line is dead.'));
    },
  });
  const pass = () => recoverPayments(on.as(on.viewer, [silent]), 30);
  await age(ticketId, '31 seconds');
  await Promise.all([pass(), pass(), pass()]);
  expect(asked).toBe(1);
  const checkedAgo = (seconds: number) =>
    on.see(
      `update payments.payment set checked_at = now() - make_interval(secs => $2) where ticket_id = $1`,
      [ticketId, seconds],
    );
  await checkedAgo(59);
  await pass();
  expect(asked).toBe(1);
  await checkedAgo(61);
  await pass();
  expect(asked).toBe(2);
  await checkedAgo(61);
  await pass();
  expect(asked).toBe(2);
  await checkedAgo(121);
  expect(await recoverPayments(on.as(), 30)).toBe(1);
  expect(await statusesOf(ticketId)).toEqual(['SUCCEEDED']);
});

test('nothing is given back while the payer asks the bank for it', async () => {
  const ticketId = await car();
  const paymentId = paymentIdOf(await pay(ticketId, 'tok_approve'));
  await on.see(`update payments.payment set status = 'DISPUTED' where id = $1`, [paymentId]);
  expect(await refundPayment(on.as(), { paymentId, reason: 'Kindness' })).toMatchObject({
    __typename: 'PaymentNotRefundable',
    message: expect.stringContaining('asked the bank'),
  });
  // its money is still ours: nothing more is due
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
});
