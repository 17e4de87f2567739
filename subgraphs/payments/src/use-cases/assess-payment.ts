import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { type NewPayment, readPayments } from '../database/payment.queries.js';
import { lockStayAccount, type StayAccount } from '../database/stay-account.queries.js';
import type { PaymentMethod } from '../domain/payment.js';
import { isInside } from '../domain/stay.js';
import { taxWithin } from '../domain/tariff/quote.js';
import type { NothingDue, PaymentInProgress, TicketNotPayable } from './pay-ticket.outcome.js';
import { quoteOf } from './quote-of-stay.js';

/** A command to pay, with its instant known. */
export interface PaymentCommand {
  ticketId: string;
  method: PaymentMethod;
  paidAt: Date;
  /** True when the caller told the instant. */
  backdated: boolean;
  /** What the provider's form or terminal gave the client; null for cash. */
  token: string | null;
}

/** The payment that would settle the ticket now; its status is for the caller to decide. */
export interface DuePayment {
  __typename: 'DuePayment';
  stay: StayAccount;
  payment: Omit<NewPayment, 'status' | 'provider'>;
}

/** Locks the stay and works out what there is to pay. The lock lasts until the transaction ends. */
export async function assessPayment(
  tx: Transaction,
  { ticketId, method, paidAt, backdated }: PaymentCommand,
): Promise<DuePayment | PaymentInProgress | NothingDue | TicketNotPayable> {
  const stay = await lockStayAccount(tx, ticketId);
  if (!stay) throw notFound('The ticket');
  if (backdated && paidAt < stay.enteredAt) throw badUserInput('paidAt', 'This lies before the entry.');
  const ticket = { id: ticketId };
  if (stay.pendingPaymentId) {
    const [payment] = await readPayments(tx, [stay.pendingPaymentId]);
    if (payment) return paymentInProgress(payment);
  }
  if (!isInside(stay.status)) {
    return { __typename: 'TicketNotPayable', message: 'This ticket is not open.', ticket };
  }
  const quote = quoteOf(stay, paidAt);
  if (quote.due === 0 || !stay.rules || !stay.tariffVersionId) {
    return { __typename: 'NothingDue', message: 'There is nothing to pay for this ticket now.', ticket };
  }
  return {
    __typename: 'DuePayment',
    stay,
    payment: {
      id: newId(),
      ticketId,
      locationId: stay.locationId,
      method,
      currencyCode: quote.currencyCode,
      amount: quote.due,
      tax: taxWithin({ amount: quote.total, tax: quote.tax }, quote.due) ?? 0,
      quote: { ...quote, tariffVersionId: stay.tariffVersionId },
      paidAt,
    },
  };
}

export const paymentInProgress = (payment: PaymentInProgress['payment']): PaymentInProgress => ({
  __typename: 'PaymentInProgress',
  message: 'A payment of this ticket is waiting for the provider. Look at it again in a moment.',
  payment,
});
