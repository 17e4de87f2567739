import type { Transaction } from '@plaza/platform/database/transaction';
import { appendEvent } from '@plaza/platform/events/append';
import { toDecimal } from '@plaza/platform/money';
import type { NewPayment } from '../database/payment.queries.js';

/** What the event tells beyond the payment itself. */
export interface PaymentNews {
  type:
    | 'payment.succeeded'
    | 'payment.declined'
    | 'payment.refunded'
    | 'payment.disputed'
    | 'payment.dispute_closed';
  occurredAt: Date;
  /** Minor units; the payment's own amount unless told. */
  amount?: number;
  reason?: string;
  /** How a dispute was decided. */
  status?: 'WON' | 'LOST';
}

/** Tells the event log what became of a payment. */
export const appendPaymentEvent = (
  tx: Transaction,
  { id, ticketId, locationId, method, currencyCode, ...payment }: NewPayment,
  { type, occurredAt, amount = payment.amount, reason, status }: PaymentNews,
): Promise<void> =>
  appendEvent(tx, {
    type,
    subject: { type: 'Payment', id },
    locationId,
    occurredAt,
    data: {
      paymentId: id,
      ticketId,
      locationId,
      method,
      amount: toDecimal(amount, currencyCode),
      currencyCode,
      ...(reason === undefined ? {} : { reason }),
      ...(status === undefined ? {} : { status }),
    },
  });
