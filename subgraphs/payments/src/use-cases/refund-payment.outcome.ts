import type { TicketKey } from './pay-ticket.outcome.js';
import type { PaymentRow } from '../database/payment.entity.js';
import type { RefundRow } from '../database/refund.entity.js';
import type { RefundPolicy, RefundRefusal } from '../domain/refund-policy.js';

export interface PaymentRefunded {
  __typename: 'PaymentRefunded';
  payment: PaymentRow;
  refund: RefundRow;
}

export interface RefundDeclined {
  __typename: 'RefundDeclined';
  message: string;
  payment: PaymentRow;
  refund: RefundRow;
}

export interface RefundExceedsPayment {
  __typename: 'RefundExceedsPayment';
  message: string;
  /** Minor units. */
  refundable: { amount: number; currencyCode: string };
  payment: PaymentRow;
}

export interface PaymentNotRefundable {
  __typename: 'PaymentNotRefundable';
  message: string;
  payment: PaymentRow;
}

export interface RefundNotAllowed {
  __typename: 'RefundNotAllowed';
  message: string;
  reason: RefundRefusal;
  policy: RefundPolicy;
  payment: PaymentRow;
}

/** What is given back for a stay that is over cannot be owed again. */
export interface TicketNotOpen {
  __typename: 'TicketNotOpen';
  message: string;
  ticket: TicketKey;
}

/** What a provider's answer can end in. */
export type FinishedRefund = PaymentRefunded | RefundDeclined;
export type RefundPaymentOutcome =
  FinishedRefund | RefundExceedsPayment | RefundNotAllowed | PaymentNotRefundable | TicketNotOpen;
