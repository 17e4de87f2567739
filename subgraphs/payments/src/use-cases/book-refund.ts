import type { Transaction } from '@plaza/platform/database/transaction';
import { book, readSharesLeft } from '../database/ledger.queries.js';
import type { PaymentRow } from '../database/payment.entity.js';
import type { RefundRow } from '../database/refund.entity.js';
import { linesOfDifference, linesOfRefund } from '../domain/ledger.js';
import { shareOut } from '../domain/tax-shares.js';
import { appendPaymentEvent } from './payment-event.js';

/**
 * All that follows from money given back: ledger and event. The payment must be locked: a refund takes of each rate what
 * earlier ones left, so that all of them together give back exactly what was booked.
 */
export async function bookRefund(
  tx: Transaction,
  payment: PaymentRow,
  {
    id: refundId,
    amount,
    tax,
    rounding,
    refundedAt: occurredAt,
  }: Pick<RefundRow, 'id' | 'amount' | 'tax' | 'rounding' | 'refundedAt'>,
): Promise<void> {
  const { id: paymentId, locationId, currencyCode, method } = payment;
  const lines = [
    ...linesOfRefund(method, shareOut(await readSharesLeft(tx, paymentId), { amount, tax })),
    ...linesOfDifference(0 - rounding),
  ];
  await Promise.all([
    book(tx, { locationId, paymentId, refundId, occurredAt, currencyCode, lines }),
    appendPaymentEvent(tx, payment, { type: 'payment.refunded', occurredAt, amount }),
  ]);
}
