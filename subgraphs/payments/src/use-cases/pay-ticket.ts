import { type KeyedCommand, keyedCommand, once } from '@plaza/platform/database/idempotency';
import { sent } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import { insertPayment } from '../database/payment.queries.js';
import { lockStayAccount } from '../database/stay-account.queries.js';
import type { PaymentMethod } from '../domain/payment.js';
import { type PaymentProvider, providerFor } from '../providers/provider.js';
import { assessPayment, type PaymentCommand } from './assess-payment.js';
import { bookPayment } from './book-payment.js';
import type { PaymentsContext } from './context.js';
import { payByProvider } from './pay-by-provider.js';
import { type FinalOutcome, paidOutcome, type PayTicketOutcome } from './pay-ticket.outcome.js';
import { reportedInstant } from './reported-instant.js';
import { orInProgress, unlessInProgress } from './unless-in-progress.js';

export interface PayTicketInput {
  ticketId: string;
  method: PaymentMethod;
  /** A decimal; all that is due unless told. */
  amount?: string | null;
  tender?: { token?: string | null; cashReceived?: string | null } | null;
  paidAt?: Date | null;
  idempotencyKey?: string | null;
}

/** Pays what is due on a ticket, or part of it. Cash settles at once; card and digital money by who takes them. */
export async function payTicket(on: PaymentsContext, input: PayTicketInput): Promise<PayTicketOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  if (!isId(input.ticketId)) throw notFound('The ticket');
  const { method, tender } = input;
  const command: PaymentCommand = {
    ticketId: input.ticketId,
    method,
    amount: input.amount ?? null,
    paidAt: reportedInstant({ viewer, clock: on.clock }, 'paidAt', input.paidAt),
    backdated: Boolean(input.paidAt),
    token: tender?.token ?? null,
    cashReceived: tender?.cashReceived ?? null,
  };
  const provider = providerFor(on.providers, method);
  if (!provider) throw badUserInput('method', `No provider takes ${method} here.`);
  if (command.cashReceived !== null && method !== 'CASH') {
    throw badUserInput('tender.cashReceived', 'Only CASH is handed over.');
  }
  if (command.token !== null && method === 'CASH') {
    throw badUserInput('tender.token', 'CASH has no token: it is of a card or a wallet.');
  }
  const key = keyedCommand('payments', viewer, 'payTicket', input);
  return provider.atOnce
    ? payAtOnce(on, viewer, command, key, provider)
    : payByProvider(on, viewer, command, key, provider);
}

/** All in one transaction: the provider asks nobody. */
const payAtOnce = (
  { database }: PaymentsContext,
  viewer: Viewer,
  command: PaymentCommand,
  key: KeyedCommand,
  provider: PaymentProvider,
): Promise<PayTicketOutcome> =>
  orInProgress(
    database.write(viewer, (tx) => {
      const locked = sent(lockStayAccount(tx, command.ticketId));
      return once<FinalOutcome>(tx, key, async () => {
        const assessed = unlessInProgress(await assessPayment(tx, command, await locked));
        if (assessed.__typename !== 'DuePayment') return assessed;
        const due = { ...assessed.payment, status: 'SUCCEEDED' as const, provider: provider.name };
        const order = { ...due, paymentId: due.id, tenantId: viewer.tenantId, token: command.token };
        const charge = await provider.authorise(order);
        if (charge.status !== 'CAPTURED') throw new Error(`${provider.name} did not settle at once.`);
        const [payment] = await Promise.all([insertPayment(tx, due), bookPayment(tx, due)]);
        return paidOutcome(payment);
      });
    }),
  );
