import type { Quote } from './tariff/quote.js';
import type { TaxShare } from './tax-shares.js';

export const PAYMENT_METHODS = ['CASH', 'CARD', 'DIGITAL'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export const PAYMENT_STATUSES = [
  'PENDING',
  'AUTHORIZED',
  'SUCCEEDED',
  'DECLINED',
  'CANCELLED',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DISPUTED',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const REFUND_STATUSES = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;

/** Why a provider took no money. */
export const DECLINE_REASONS = [
  'INSUFFICIENT_FUNDS',
  'EXPIRED_CARD',
  'REFUSED',
  'UNKNOWN_TOKEN',
  'LOST_OR_STOLEN_CARD',
  'LIMIT_EXCEEDED',
  'WRONG_SECURITY_CODE',
  'NOT_AUTHENTICATED',
  'CANCELLED',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export const NEXT_ACTIONS = ['CODE', 'AT_BANK', 'WAIT'] as const;

/** What has to happen before the provider decides. */
export interface NextAction {
  kind: (typeof NEXT_ACTIONS)[number];
  /** Where the payer is sent for it; null: nowhere. */
  url: string | null;
}

export const DISPUTE_STATUSES = ['OPEN', 'WON', 'LOST'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** The quote that a payment pays, as it was at that instant; the receipt prints it. */
export interface PaidQuote extends Quote {
  tariffVersionId: string;
  /** What earlier payments of the stay paid, by rate, less what was given back to be owed again. */
  taxed: TaxShare[];
}

/** What of a payment refunds are reckoned from; minor units. */
export interface RefundablePayment {
  status: PaymentStatus;
  amount: number;
  tax: number;
  refunded: number;
}

/** True while the provider has not decided for good. */
export const isUnfinished = ({ status }: Pick<RefundablePayment, 'status'>): boolean =>
  status === 'PENDING' || status === 'AUTHORIZED';

/** True for a payment whose money was taken, and about which nobody quarrels. */
export const isOurs = ({ status }: Pick<RefundablePayment, 'status'>): boolean =>
  status === 'SUCCEEDED' || status === 'PARTIALLY_REFUNDED' || status === 'REFUNDED';

/** What is still due once this payment is taken, in minor units. */
export const dueAfter = ({ quote, amount }: { quote: Pick<PaidQuote, 'due'>; amount: number }): number =>
  Math.max(0, quote.due - amount);

/** What can still be given back, in minor units. */
export const refundable = (payment: RefundablePayment): number =>
  isOurs(payment) ? payment.amount - payment.refunded : 0;

/**
 * The tax that a refund of `amount` gives back (minor units): refund by refund, so that all of them together give back
 * exactly the tax of the payment.
 */
export function taxOfRefund({ amount: paid, tax, refunded }: RefundablePayment, amount: number): number {
  const taxUpTo = (given: number) => Math.round((tax * given) / paid);
  return taxUpTo(refunded + amount) - taxUpTo(refunded);
}
