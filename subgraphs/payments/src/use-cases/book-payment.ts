import type { Transaction } from '@plaza/platform/database/transaction';
import { receiveMoney } from '../contract/tickets.js';
import { book } from '../database/ledger.queries.js';
import type { NewPayment } from '../database/payment.queries.js';
import { linesOfDifference, linesOfPayment } from '../domain/ledger.js';
import { dueAfter } from '../domain/payment.js';
import { taxesPaid } from '../domain/receipt.js';
import { settleValidations } from './settle-validations.js';
import { appendPaymentEvent } from './payment-event.js';

/**
 * All that follows from money received: ledger, the settled ticket when nothing is due any more, event. The commit issues the receipt. The stay must be
 * locked and its vehicle inside.
 */
export async function bookPayment(tx: Transaction, payment: NewPayment): Promise<void> {
  const { id, ticketId, locationId, method, currencyCode, paidAt, quote } = payment;
  const lines = [...linesOfPayment(method, taxesPaid(payment)), ...linesOfDifference(payment.rounding)];
  await Promise.all([
    book(tx, { locationId, paymentId: id, refundId: null, occurredAt: paidAt, currencyCode, lines }),
    receiveMoney(tx, ticketId, dueAfter(payment) === 0 ? paidAt : null),
    quote.lines.some(({ rule }) => rule === 'DISCOUNT') &&
      settleValidations(tx, {
        ticketId,
        locationId,
        tariffVersionId: quote.tariffVersionId,
        quote,
        settledAt: paidAt,
      }),
    appendPaymentEvent(tx, payment, { type: 'payment.succeeded', occurredAt: paidAt }),
  ]);
}
