import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { fromDecimal, toDecimal } from '@plaza/platform/money';
import type { Viewer } from '@plaza/platform/viewer';
import type { PaymentRow } from '../database/payment.entity.js';
import { addRefunded, lockPayment, readPayments } from '../database/payment.queries.js';
import type { RefundRow } from '../database/refund.entity.js';
import { readRefundPolicy } from '../database/refund-policy.queries.js';
import { insertRefund } from '../database/refund.queries.js';
import { lockStayAccount } from '../database/stay-account.queries.js';
import { isOurs, refundable, taxOfRefund } from '../domain/payment.js';
import { refusalOf, type RefundRefusal } from '../domain/refund-policy.js';
import { isInside } from '../domain/stay.js';
import type { Rounding } from '../domain/tariff/tariff-rules.js';
import { quoteOf } from './quote-of-stay.js';
import { showWhatIsOwed } from './show-what-is-owed.js';
import type {
  PaymentNotRefundable,
  RefundExceedsPayment,
  RefundNotAllowed,
  TicketNotOpen,
} from './refund-payment.outcome.js';

/** What somebody wants back. */
export interface RefundRequest {
  paymentId: string;
  /** A decimal in the payment's currency; all that is left unless told. */
  amount?: string | null;
  reason: string;
  /** The driver owes it again; otherwise it is let off. */
  owedAgain?: boolean | null;
}

/** What the first transaction leaves behind: a PENDING refund whose amount is already taken off what can be refunded. */
export interface PendingRefund {
  __typename: 'PendingRefund';
  payment: PaymentRow;
  refund: RefundRow;
}

/**
 * Locks the stay and the payment, and opens a refund of it when there is something to give back and the policy allows it.
 * What is owed again is due at once, and its ticket settled no longer.
 */
export async function openRefund(
  tx: Transaction,
  viewer: Viewer,
  { paymentId, amount: asked, reason, owedAgain }: RefundRequest,
  refundedAt: Date,
): Promise<PendingRefund | PaymentNotRefundable | RefundExceedsPayment | RefundNotAllowed | TicketNotOpen> {
  const [found] = await readPayments(tx, [paymentId]);
  if (!found) throw notFound('The payment');
  const [stay, locked, policy] = await Promise.all([
    lockStayAccount(tx, found.ticketId),
    lockPayment(tx, paymentId),
    readRefundPolicy(tx, found.locationId),
  ]);
  if (!locked) throw notFound('The payment');
  const { payment } = locked;
  if (!isOurs(payment)) return notRefundable(payment);
  if (owedAgain && !(stay && isInside(stay.status))) {
    const message =
      'The vehicle has left or the ticket is void: what is given back now cannot be owed again.';
    return { __typename: 'TicketNotOpen', message, ticket: { id: payment.ticketId } };
  }
  const left = refundable(payment);
  const amount = asked ? fromDecimal(asked, payment.currencyCode) : left;
  if (asked && amount <= 0) throw badUserInput('amount', 'A refund is more than nothing.');
  if (amount > left || left === 0) return exceeds(payment, left);
  if (payment.method === 'CASH' && amount < left)
    checkCoins(amount, payment.currencyCode, stay?.rules?.rounding);
  // what was paid too much is the driver's: no policy is asked
  const overpaid = stay ? Math.max(0, -quoteOf(stay, refundedAt).balance) : 0;
  const refusal =
    amount <= overpaid
      ? null
      : refusalOf(policy, { amount, reason, at: refundedAt, roles: viewer.roles, payment });
  if (refusal) {
    return { __typename: 'RefundNotAllowed', message: WHY[refusal], reason: refusal, policy, payment };
  }
  const { currencyCode, locationId } = payment;
  const [refund] = await Promise.all([
    insertRefund(tx, {
      id: newId(),
      locationId,
      paymentId,
      status: 'PENDING',
      currencyCode,
      amount,
      tax: taxOfRefund(payment, amount),
      // whoever gets back all that is left gets back the coins too
      rounding: amount === left ? payment.rounding : 0,
      reason,
      owedAgain: owedAgain ?? false,
      refundedAt,
    }),
    addRefunded(tx, paymentId, amount),
  ]);
  if (refund.owedAgain) await showWhatIsOwed(tx, payment.ticketId, refundedAt);
  return { __typename: 'PendingRefund', payment, refund };
}

/** A part is handed out in the coins that there are; what is left in the end is rounded as it was when it was paid. */
function checkCoins(amount: number, currencyCode: string, coins: Rounding | undefined): void {
  if (!coins || amount % coins.cashUnit === 0) return;
  throw badUserInput(
    'amount',
    `There are no smaller coins than ${toDecimal(coins.cashUnit, currencyCode)} ${currencyCode}.`,
  );
}

const notRefundable = (payment: PaymentRow): PaymentNotRefundable => ({
  __typename: 'PaymentNotRefundable',
  message:
    payment.status === 'DISPUTED'
      ? 'The payer asked the bank for this money: nothing can be given back before the bank decides.'
      : 'No money was taken by this payment.',
  payment,
});

const exceeds = (payment: PaymentRow, left: number): RefundExceedsPayment => ({
  __typename: 'RefundExceedsPayment',
  message:
    left === 0
      ? 'Nothing is left of this payment: all of it was given back.'
      : 'This is more than what is left of the payment.',
  refundable: { amount: left, currencyCode: payment.currencyCode },
  payment,
});

const WHY: Record<RefundRefusal, string> = {
  NOT_AUTHORIZED: 'Somebody else has to give this refund: the policy says who.',
  REASON_NOT_ACCEPTED: 'The policy does not accept this reason.',
  WINDOW_OVER: 'The payment is longer ago than the policy allows.',
  PERCENT_EXCEEDED: 'This is more of the payment than the policy allows.',
};
