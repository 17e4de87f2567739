import type { TenantScope } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Viewer } from '@plaza/platform/viewer';
import type { PaymentRow } from '../database/payment.entity.js';
import {
  lockPayment,
  markDeclined,
  markSucceeded,
  readPayments,
  storeOutcome,
} from '../database/payment.queries.js';
import { lockStayAccount, type StayAccount } from '../database/stay-account.queries.js';
import { isInside } from '../domain/stay.js';
import { type Charge, type PaymentKey, providerNamed } from '../providers/provider.js';
import { answered } from './answered.js';
import { bookPayment } from './book-payment.js';
import type { PaymentsDeps } from './context.js';
import type { FinishedPayment, PaymentDeclined, TicketNotPayable, TicketPaid } from './pay-ticket.outcome.js';
import { appendPaymentEvent } from './payment-event.js';

interface UnfinishedPayment extends PaymentKey {
  ticketId: string;
}

/**
 * Records what the provider answered, all of it or nothing. Money that was taken for a ticket that was voided or closed
 * meanwhile is given back before that is recorded. Safe to repeat, in any number of processes: the first to get the locks
 * finishes the payment, the others get its outcome. Throws when the money can't be given back: the payment stays PENDING.
 */
export async function finishPayment(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  unfinished: UnfinishedPayment,
  charge: Charge,
): Promise<FinishedPayment> {
  const finished = await finishOnce<FinishedPayment | null>(
    on,
    scope,
    unfinished,
    async (tx, payment, stay) => {
      if (charge.status !== 'CAPTURED') return decline(tx, payment, charge);
      // void and closed are for ever: whoever comes later finds the same
      return isInside(stay.status) ? succeed(tx, payment, charge.reference) : null;
    },
  );
  if (finished) return finished;
  await giveBack(on, scope, unfinished);
  return finishOnce<FinishedPayment>(on, scope, unfinished, cancel);
}

/** Runs `finish` under the locks and keeps its outcome, if it has one, for everybody who comes later. */
const finishOnce = <Outcome extends FinishedPayment | null>(
  { database }: PaymentsDeps,
  scope: Viewer | TenantScope,
  { paymentId, ticketId }: UnfinishedPayment,
  finish: (tx: Transaction, payment: PaymentRow, stay: StayAccount) => Promise<Outcome>,
): Promise<Outcome> =>
  database.write(scope, async (tx) => {
    // the stay first, as everywhere: two orders would be a deadlock
    const [stay, locked] = await Promise.all([
      lockStayAccount(tx, ticketId),
      lockPayment<NonNullable<Outcome>>(tx, paymentId),
    ]);
    if (!stay || !locked) throw new Error(`Payment ${paymentId} has lost its ticket.`);
    if (locked.outcome) return locked.outcome;
    const outcome = await finish(tx, locked.payment, stay);
    if (outcome) await storeOutcome(tx, paymentId, outcome);
    return outcome;
  });

async function succeed(tx: Transaction, pending: PaymentRow, reference: string): Promise<TicketPaid> {
  const [payment] = await Promise.all([markSucceeded(tx, pending.id, reference), bookPayment(tx, pending)]);
  return { __typename: 'TicketPaid', ticket: { id: pending.ticketId }, payment };
}

async function decline(
  tx: Transaction,
  pending: PaymentRow,
  charge: Exclude<Charge, { status: 'CAPTURED' }>,
): Promise<PaymentDeclined> {
  if (charge.status === 'AUTHORISED')
    throw new Error(`Payment ${pending.id} was neither captured nor cancelled.`);
  const { status, reason } = charge;
  const [payment] = await Promise.all([
    markDeclined(tx, pending.id, status, reason),
    appendPaymentEvent(tx, pending, { type: 'payment.declined', occurredAt: pending.paidAt, reason }),
  ]);
  return { __typename: 'PaymentDeclined', message: WHY[reason], reason, payment };
}

/** Outside of any transaction, under the payment's own id: repeated after a crash, it gives nothing twice. */
async function giveBack(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  { paymentId, tenantId }: UnfinishedPayment,
): Promise<void> {
  const [payment] = await on.database.read(scope, (tx) => readPayments(tx, [paymentId]));
  if (!payment) throw new Error(`Payment ${paymentId} is gone.`);
  const provider = providerNamed(on.providers, payment.provider);
  const order = { refundId: paymentId, paymentId, tenantId, amount: payment.amount };
  if (!(await answered(provider.refund(order)))) {
    throw new Error(`The provider refuses to give back payment ${paymentId} of a ticket that is over.`);
  }
}

async function cancel(tx: Transaction, pending: PaymentRow): Promise<TicketNotPayable> {
  await decline(tx, pending, { status: 'CANCELLED', reason: 'CANCELLED' });
  return {
    __typename: 'TicketNotPayable',
    message: 'This ticket was voided or closed before the payment ended; its money was given back.',
    ticket: { id: pending.ticketId },
  };
}

const WHY: Record<PaymentDeclined['reason'], string> = {
  INSUFFICIENT_FUNDS: 'The account does not have enough money.',
  EXPIRED_CARD: 'The card has expired.',
  REFUSED: 'The bank refused the payment.',
  UNKNOWN_TOKEN: 'The provider does not know this token.',
  CANCELLED: 'The payment was cancelled before any money was taken.',
};
