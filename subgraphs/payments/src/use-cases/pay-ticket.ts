import { type KeyedCommand, keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import { insertPayment } from '../database/payment.queries.js';
import type { PaymentMethod } from '../domain/payment.js';
import { assessPayment, type PaymentCommand } from './assess-payment.js';
import { bookPayment } from './book-payment.js';
import type { PaymentsContext } from './context.js';
import { payByProvider } from './pay-by-provider.js';
import type { FinalOutcome, PayTicketOutcome } from './pay-ticket.outcome.js';
import { reportedInstant } from './reported-instant.js';
import { orInProgress, unlessInProgress } from './unless-in-progress.js';

export interface PayTicketInput {
  ticketId: string;
  method: PaymentMethod;
  tender?: { token?: string | null } | null;
  paidAt?: Date | null;
  idempotencyKey?: string | null;
}

/** Pays all that is due on a ticket. Cash settles at once; card and digital money by the provider that takes them. */
export async function payTicket(on: PaymentsContext, input: PayTicketInput): Promise<PayTicketOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  if (!isId(input.ticketId)) throw notFound('The ticket');
  const command: PaymentCommand = {
    ticketId: input.ticketId,
    method: input.method,
    paidAt: reportedInstant({ viewer, clock: on.clock }, 'paidAt', input.paidAt),
    backdated: Boolean(input.paidAt),
    token: input.tender?.token ?? null,
  };
  const key = keyedCommand('payments', viewer, 'payTicket', input);
  return input.method === 'CASH'
    ? payCash(on, viewer, command, key)
    : payByProvider(on, viewer, command, key);
}

const payCash = (
  { database }: PaymentsContext,
  viewer: Viewer,
  command: PaymentCommand,
  key: KeyedCommand,
): Promise<PayTicketOutcome> =>
  orInProgress(
    database.write(viewer, (tx) =>
      once<FinalOutcome>(tx, key, async () => {
        const assessed = unlessInProgress(await assessPayment(tx, command));
        if (assessed.__typename !== 'DuePayment') return assessed;
        const due = { ...assessed.payment, status: 'SUCCEEDED' as const, provider: null };
        const [payment] = await Promise.all([insertPayment(tx, due), bookPayment(tx, due)]);
        return { __typename: 'TicketPaid', ticket: { id: due.ticketId }, payment };
      }),
    ),
  );
