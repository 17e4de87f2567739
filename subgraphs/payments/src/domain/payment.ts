import type { Quote } from './tariff/quote.js';

export const PAYMENT_METHODS = ['CASH', 'CARD', 'DIGITAL'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export const PAYMENT_STATUSES = [
  'PENDING',
  'SUCCEEDED',
  'DECLINED',
  'CANCELLED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const REFUND_STATUSES = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;

/** Why a provider took no money. */
export const DECLINE_REASONS = [
  'INSUFFICIENT_FUNDS',
  'EXPIRED_CARD',
  'REFUSED',
  'UNKNOWN_TOKEN',
  'CANCELLED',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** The quote that a payment pays, as it was at that instant; the receipt prints it. */
export interface PaidQuote extends Quote {
  tariffVersionId: string;
}

/** What of a payment refunds are reckoned from; minor units. */
export interface RefundablePayment {
  status: PaymentStatus;
  amount: number;
  tax: number;
  refunded: number;
}

/** True for a payment whose money was taken. */
export const isTaken = ({ status }: Pick<RefundablePayment, 'status'>): boolean =>
  status === 'SUCCEEDED' || status === 'PARTIALLY_REFUNDED' || status === 'REFUNDED';

/** What can still be given back, in minor units. */
export const refundable = (payment: RefundablePayment): number =>
  isTaken(payment) ? payment.amount - payment.refunded : 0;

/**
 * The tax that a refund of `amount` gives back (minor units): refund by refund, so that all of them together give back
 * exactly the tax of the payment.
 */
export function taxOfRefund({ amount: paid, tax, refunded }: RefundablePayment, amount: number): number {
  const taxUpTo = (given: number) => Math.round((tax * given) / paid);
  return taxUpTo(refunded + amount) - taxUpTo(refunded);
}
