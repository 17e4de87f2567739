import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { sent } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { closeStay } from '../contract/tickets.js';
import { readPayments } from '../database/payment.queries.js';
import { lockStayAccount } from '../database/stay-account.queries.js';
import { isInside } from '../domain/stay.js';
import type { Quote } from '../domain/tariff/quote.js';
import type { PaymentsContext } from './context.js';
import type { TicketKey } from './pay-ticket.outcome.js';
import { reportedInstant } from './reported-instant.js';
import { quoteOf } from './quote-of-stay.js';
import { settleValidations } from './settle-validations.js';

export interface RecordExitInput {
  ticketId: string;
  exitedAt?: Date | null;
  idempotencyKey?: string | null;
}

/** A quote that names its tariff version, ready for the graph. */
export interface QuoteOfTicket extends Quote {
  tariffVersionId: string | null;
}

export type RecordExitOutcome =
  | { __typename: 'VehicleExited'; ticket: TicketKey }
  | { __typename: 'PaymentRequired'; message: string; quote: QuoteOfTicket; ticket: TicketKey }
  | { __typename: 'TicketNotOpen'; message: string; ticket: TicketKey };

/** Lets a vehicle leave when nothing is due: the ticket closes and its space is free, in one transaction. */
export async function recordExit(on: PaymentsContext, input: RecordExitInput): Promise<RecordExitOutcome> {
  const viewer = requireScope(on.viewer, 'tickets:write');
  const { ticketId } = input;
  if (!isId(ticketId)) throw notFound('The ticket');
  const reported = reportedInstant({ viewer, clock: on.clock }, 'exitedAt', input.exitedAt);
  return on.database.write(viewer, (tx) => {
    const locked = sent(lockStayAccount(tx, ticketId));
    return once<RecordExitOutcome>(tx, keyedCommand('payments', viewer, 'recordExit', input), async () => {
      const stay = await locked;
      if (!stay) throw notFound('The ticket');
      const ticket = { id: ticketId };
      if (!isInside(stay.status)) {
        return { __typename: 'TicketNotOpen', message: 'This ticket is not open.', ticket };
      }
      if (input.exitedAt && reported < stay.enteredAt) {
        throw badUserInput('exitedAt', 'This lies before the entry.');
      }
      // another process's clock, which recorded the entry, may be ahead of ours
      const exitedAt = reported < stay.enteredAt ? stay.enteredAt : reported;
      const quoteAt = (at: Date) => ({ ...quoteOf(stay, at), tariffVersionId: stay.tariffVersionId });
      if (stay.pendingPaymentId) {
        const [pending] = await readPayments(tx, [stay.pendingPaymentId]);
        const message =
          'A payment of this ticket is waiting for the provider. Try to leave again in a moment.';
        // at another instant the stay may be free, which would not tell why the vehicle must wait
        const quote = quoteAt(pending?.paidAt ?? exitedAt);
        return { __typename: 'PaymentRequired', message, quote, ticket };
      }
      const quote = quoteAt(exitedAt);
      if (quote.due > 0) {
        return { __typename: 'PaymentRequired', message: 'The stay must be paid first.', quote, ticket };
      }
      const { locationId, tariffVersionId } = stay;
      if (stay.discounts.length > 0) {
        await settleValidations(tx, { ticketId, locationId, tariffVersionId, quote, settledAt: exitedAt });
      }
      // travels with the commit, which fails if this does
      void sent(closeStay(tx, ticketId, exitedAt));
      return { __typename: 'VehicleExited', ticket };
    });
  });
}
