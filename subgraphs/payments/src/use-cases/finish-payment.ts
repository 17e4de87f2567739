import type { TenantScope } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Viewer } from '@plaza/platform/viewer';
import type { PaymentRow } from '../database/payment.entity.js';
import {
  lockPayment,
  markAuthorized,
  markDeclined,
  markSucceeded,
  markWaiting,
  readPayments,
  storeOutcome,
} from '../database/payment.queries.js';
import { lockStayAccount, type StayAccount } from '../database/stay-account.queries.js';
import type { NextAction } from '../domain/payment.js';
import { isInside } from '../domain/stay.js';
import { type Charge, type PaymentKey, providerNamed } from '../providers/provider.js';
import { answered } from './answered.js';
import { bookPayment } from './book-payment.js';
import type { PaymentsDeps } from './context.js';
import {
  type FinishedPayment,
  paidOutcome,
  type PaymentDeclined,
  type TicketNotPayable,
  waitingOutcome,
  type WaitingPayment,
} from './pay-ticket.outcome.js';
import { appendPaymentEvent } from './payment-event.js';
import { quoteOf } from './quote-of-stay.js';
import { showWhatIsOwed } from './show-what-is-owed.js';

/** A payment whose provider has the last word. */
export interface UnfinishedPayment extends PaymentKey {
  ticketId: string;
  provider: string;
}

/**
 * Brings a payment to where its charge stands, each step all or nothing: what was authorised is captured, what was taken is
 * booked. Money that was taken for a ticket that was voided or closed meanwhile is given back before that is recorded. Safe
 * to repeat, in any number of processes, with answers that come late: the first to get the locks ends the payment, the
 * others get its outcome. Throws when the provider does not answer: the payment stays as it is.
 */
export async function finishPayment(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  unfinished: UnfinishedPayment,
  charge: Charge,
): Promise<FinishedPayment | WaitingPayment> {
  switch (charge.status) {
    case 'AUTHORISED':
      return takeAuthorised(on, scope, unfinished, charge.reference);
    case 'ACTION_REQUIRED':
      return wait(on, scope, unfinished, charge.reference, charge.action);
    case 'PROCESSING':
      return wait(on, scope, unfinished, charge.reference, { kind: 'WAIT', url: null });
    case 'CAPTURED':
      return takeCaptured(on, scope, unfinished, charge.reference);
    default:
      return underLocks(on, scope, unfinished, (tx, payment, stay) => decline(tx, payment, stay, charge));
  }
}

/** Runs `step` under the locks unless the payment has ended, and keeps the end, if it is one, for whoever comes later. */
const underLocks = <Outcome extends FinishedPayment | null>(
  { database }: PaymentsDeps,
  scope: Viewer | TenantScope,
  { paymentId, ticketId }: UnfinishedPayment,
  step: (tx: Transaction, payment: PaymentRow, stay: StayAccount) => Promise<Outcome>,
): Promise<FinishedPayment | Outcome> =>
  database.write(scope, async (tx) => {
    // the stay first, as everywhere: two orders would be a deadlock
    const [stay, locked] = await Promise.all([
      lockStayAccount(tx, ticketId),
      lockPayment<FinishedPayment>(tx, paymentId),
    ]);
    if (!stay || !locked) throw new Error(`Payment ${paymentId} has lost its ticket.`);
    if (locked.outcome) return locked.outcome;
    const outcome = await step(tx, locked.payment, stay);
    if (outcome) await storeOutcome(tx, paymentId, outcome);
    return outcome;
  });

async function takeAuthorised(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  unfinished: UnfinishedPayment,
  reference: string,
): Promise<FinishedPayment | WaitingPayment> {
  let inside = false;
  const ended = await underLocks(on, scope, unfinished, async (tx, payment, stay) => {
    inside = isInside(stay.status);
    if (payment.status === 'PENDING') await markAuthorized(tx, payment.id, reference);
    return null;
  });
  if (ended) return ended;
  const provider = providerNamed(on.providers, unfinished.provider);
  const charge = await answered(inside ? provider.capture(unfinished) : provider.cancel(unfinished));
  if (charge.status === 'AUTHORISED') {
    throw new Error(`Payment ${unfinished.paymentId} was neither captured nor cancelled.`);
  }
  return finishPayment(on, scope, unfinished, charge);
}

async function wait(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  unfinished: UnfinishedPayment,
  reference: string,
  action: NextAction,
): Promise<FinishedPayment | WaitingPayment> {
  let waiting: PaymentRow | null = null;
  const ended = await underLocks(on, scope, unfinished, async (tx, payment) => {
    // an answer that was overtaken tells nothing any more
    const isNews = payment.status === 'PENDING';
    waiting = isNews ? await markWaiting(tx, payment.id, reference, action) : payment;
    return null;
  });
  if (ended) return ended;
  if (!waiting) throw new Error(`Payment ${unfinished.paymentId} was not found waiting.`);
  return waitingOutcome(waiting);
}

async function takeCaptured(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  unfinished: UnfinishedPayment,
  reference: string,
): Promise<FinishedPayment> {
  const ended = await underLocks(on, scope, unfinished, async (tx, payment, stay) => {
    // void and closed are for ever: whoever comes later finds the same
    if (!isInside(stay.status)) return null;
    const [taken] = await Promise.all([markSucceeded(tx, payment.id, reference), bookPayment(tx, payment)]);
    // something was bought while the provider was asked: the payment settled what was due before
    if (quoteOf(stay, payment.paidAt).due > payment.quote.due) {
      await showWhatIsOwed(tx, payment.ticketId, payment.paidAt);
    }
    return paidOutcome(taken);
  });
  if (ended) return ended;
  await giveBack(on, scope, unfinished);
  return underLocks(on, scope, unfinished, (tx, payment, stay) =>
    decline(tx, payment, stay, { status: 'CANCELLED', reason: 'CANCELLED' }),
  );
}

/** Outside of any transaction, under the payment's own id: repeated after a crash, it gives nothing twice. */
async function giveBack(
  on: PaymentsDeps,
  scope: Viewer | TenantScope,
  { paymentId, tenantId, provider }: UnfinishedPayment,
): Promise<void> {
  const [payment] = await on.database.read(scope, (tx) => readPayments(tx, [paymentId]));
  if (!payment) throw new Error(`Payment ${paymentId} is gone.`);
  const order = { refundId: paymentId, paymentId, tenantId, amount: payment.amount };
  if (!(await answered(providerNamed(on.providers, provider).refund(order)))) {
    throw new Error(`The provider refuses to give back payment ${paymentId} of a ticket that is over.`);
  }
}

async function decline(
  tx: Transaction,
  unfinished: PaymentRow,
  stay: StayAccount,
  { status, reason }: Extract<Charge, { status: 'DECLINED' | 'CANCELLED' }>,
): Promise<PaymentDeclined | TicketNotPayable> {
  const [payment] = await Promise.all([
    markDeclined(tx, unfinished.id, status, reason),
    appendPaymentEvent(tx, unfinished, { type: 'payment.declined', occurredAt: unfinished.paidAt, reason }),
  ]);
  if (status === 'DECLINED' || isInside(stay.status)) {
    return { __typename: 'PaymentDeclined', message: WHY[reason], reason, payment };
  }
  return {
    __typename: 'TicketNotPayable',
    message: 'This ticket was voided or closed before the payment ended. Nothing of it was kept.',
    ticket: { id: payment.ticketId },
  };
}

const WHY: Record<PaymentDeclined['reason'], string> = {
  INSUFFICIENT_FUNDS: 'The account does not have enough money.',
  EXPIRED_CARD: 'The card has expired.',
  REFUSED: 'The bank refused the payment.',
  UNKNOWN_TOKEN: 'The provider does not know this token.',
  LOST_OR_STOLEN_CARD: 'The card was reported lost or stolen.',
  LIMIT_EXCEEDED: 'The card has reached its limit.',
  WRONG_SECURITY_CODE: 'The security code of the card is wrong.',
  NOT_AUTHENTICATED: 'The payer did not prove to be the card holder.',
  CANCELLED: 'The payment was cancelled before any money was taken.',
};
