import type { Transaction } from '@plaza/platform/database/transaction';
import { settleStay } from '../contract/tickets.js';
import { book } from '../database/ledger.queries.js';
import type { NewPayment } from '../database/payment.queries.js';
import type { StayAccount } from '../database/stay-account.queries.js';
import { linesOfPayment } from '../domain/ledger.js';
import { isInside } from '../domain/stay.js';
import { appendPaymentEvent } from './payment-event.js';

/** All that follows from money received: ledger, settled ticket, event. The commit issues the receipt. */
export async function bookPayment(
  tx: Transaction,
  payment: NewPayment,
  { status }: StayAccount,
): Promise<void> {
  const { id, ticketId, locationId, method, amount, tax, currencyCode, paidAt } = payment;
  const lines = linesOfPayment(method, amount, tax);
  await Promise.all([
    book(tx, { locationId, paymentId: id, refundId: null, occurredAt: paidAt, currencyCode, lines }),
    // a ticket that was voided or closed while the provider thought keeps its state; the money is booked all the same
    ...(isInside(status) ? [settleStay(tx, ticketId, paidAt)] : []),
    appendPaymentEvent(tx, payment, { type: 'payment.succeeded', occurredAt: paidAt }),
  ]);
}
