import type { TenantScope } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Viewer } from '@plaza/platform/viewer';
import type { PaymentRow } from '../database/payment.entity.js';
import { lockPayment, markDeclined, markSucceeded, storeOutcome } from '../database/payment.queries.js';
import { lockStayAccount } from '../database/stay-account.queries.js';
import type { Charge } from '../providers/provider.js';
import { bookPayment } from './book-payment.js';
import type { PaymentsDeps } from './context.js';
import type { FinishedPayment, PaymentDeclined, TicketPaid } from './pay-ticket.outcome.js';
import { appendPaymentEvent } from './payment-event.js';

/**
 * Records what the provider answered, all of it or nothing. Safe to repeat, in any number of processes: the first to get
 * the locks finishes the payment, the others get its outcome.
 */
export const finishPayment = (
  { database }: PaymentsDeps,
  scope: Viewer | TenantScope,
  { paymentId, ticketId }: { paymentId: string; ticketId: string },
  charge: Charge,
): Promise<FinishedPayment> =>
  database.write(scope, async (tx) => {
    // the stay first, as everywhere: two orders would be a deadlock
    const [stay, locked] = await Promise.all([
      lockStayAccount(tx, ticketId),
      lockPayment<FinishedPayment>(tx, paymentId),
    ]);
    if (!stay || !locked) throw new Error(`Payment ${paymentId} has lost its ticket.`);
    if (locked.outcome) return locked.outcome;
    const { payment } = locked;
    const outcome =
      charge.status === 'CAPTURED'
        ? await succeed(tx, payment, charge.reference, () => bookPayment(tx, payment, stay))
        : await decline(tx, payment, charge);
    await storeOutcome(tx, paymentId, outcome);
    return outcome;
  });

async function succeed(
  tx: Transaction,
  { id, ticketId }: PaymentRow,
  reference: string,
  booking: () => ReturnType<typeof bookPayment>,
): Promise<TicketPaid> {
  const [payment] = await Promise.all([markSucceeded(tx, id, reference), booking()]);
  return { __typename: 'TicketPaid', ticket: { id: ticketId }, payment };
}

async function decline(
  tx: Transaction,
  pending: PaymentRow,
  charge: Exclude<Charge, { status: 'CAPTURED' }>,
): Promise<PaymentDeclined> {
  if (charge.status === 'AUTHORISED')
    throw new Error(`Payment ${pending.id} was neither captured nor cancelled.`);
  const { status, reason } = charge;
  const [payment] = await Promise.all([
    markDeclined(tx, pending.id, status, reason),
    appendPaymentEvent(tx, pending, { type: 'payment.declined', occurredAt: pending.paidAt, reason }),
  ]);
  return { __typename: 'PaymentDeclined', message: WHY[reason], reason, payment };
}

const WHY: Record<PaymentDeclined['reason'], string> = {
  INSUFFICIENT_FUNDS: 'The account does not have enough money.',
  EXPIRED_CARD: 'The card has expired.',
  REFUSED: 'The bank refused the payment.',
  UNKNOWN_TOKEN: 'The provider does not know this token.',
  CANCELLED: 'The payment was cancelled before any money was taken.',
};
