import type { Transaction } from '@plaza/platform/database/transaction';
import { settleStay } from '../contract/tickets.js';
import { book } from '../database/ledger.queries.js';
import type { NewPayment } from '../database/payment.queries.js';
import type { ReceiptRow } from '../database/receipt.entity.js';
import { issueReceipt } from '../database/receipt.queries.js';
import type { StayAccount } from '../database/stay-account.queries.js';
import { linesOfPayment } from '../domain/ledger.js';
import { isInside } from '../domain/stay.js';
import { appendPaymentEvent } from './payment-event.js';

/** All that follows from money received: ledger, settled ticket, event, receipt; sent in one round trip. */
export async function bookPayment(
  tx: Transaction,
  payment: NewPayment,
  stay: StayAccount,
): Promise<ReceiptRow> {
  const { id, ticketId, locationId, method, amount, tax, currencyCode, paidAt } = payment;
  const lines = linesOfPayment(method, amount, tax);
  const booked = [
    book(tx, { locationId, paymentId: id, refundId: null, occurredAt: paidAt, currencyCode, lines }),
    // a ticket that was voided or closed while the provider thought keeps its state; the money is booked all the same
    ...(isInside(stay.status) ? [settleStay(tx, ticketId, paidAt)] : []),
    appendPaymentEvent(tx, payment, { type: 'payment.succeeded', occurredAt: paidAt }),
  ];
  const { timeZone } = stay;
  const issued = issueReceipt(tx, { locationId, timeZone, ticketId, paymentId: id, issuedAt: paidAt });
  const [receipt] = await Promise.all([issued, ...booked]);
  return receipt;
}
