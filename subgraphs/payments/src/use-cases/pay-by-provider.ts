import { type KeyedCommand, once } from '@plaza/platform/database/idempotency';
import { sent } from '@plaza/platform/database/transaction';
import { badUserInput } from '@plaza/platform/errors';
import type { Viewer } from '@plaza/platform/viewer';
import { insertPayment } from '../database/payment.queries.js';
import { lockStayAccount } from '../database/stay-account.queries.js';
import type { PaymentProvider } from '../providers/provider.js';
import { answered } from './answered.js';
import { assessPayment, type PaymentCommand } from './assess-payment.js';
import type { PaymentsContext } from './context.js';
import { finishPayment } from './finish-payment.js';
import type { NotCharged, PayTicketOutcome } from './pay-ticket.outcome.js';
import { outcomeSoFar, whatCameOf } from './payment-outcome.js';
import { orInProgress, unlessInProgress } from './unless-in-progress.js';

/** What the first transaction leaves behind for the second: a PENDING payment, kept under the idempotency key. */
interface PendingPayment {
  __typename: 'PendingPayment';
  paymentId: string;
  amount: number;
  currencyCode: string;
}

/**
 * Pays through a provider: one transaction writes a PENDING payment under the stay's lock, the provider is asked outside
 * of any transaction, another one records its answer. What a crash leaves in between, the recovery pass finishes.
 */
export async function payByProvider(
  on: PaymentsContext,
  viewer: Viewer,
  command: PaymentCommand,
  key: KeyedCommand,
  provider: PaymentProvider,
): Promise<PayTicketOutcome> {
  const { token, ticketId } = command;
  if (!token) throw badUserInput('tender.token', `${command.method} needs the token of a card or wallet.`);
  let opened: string | null = null;
  const opening = on.database.write(viewer, (tx) => {
    opened = null;
    const locked = sent(lockStayAccount(tx, ticketId));
    return once<PendingPayment | NotCharged>(tx, key, async () => {
      const assessed = unlessInProgress(await assessPayment(tx, command, await locked));
      if (assessed.__typename !== 'DuePayment') return assessed;
      const payment = await insertPayment(tx, {
        ...assessed.payment,
        status: 'PENDING',
        provider: provider.name,
      });
      opened = payment.id;
      const { id: paymentId, amount, currencyCode } = payment;
      return { __typename: 'PendingPayment', paymentId, amount, currencyCode };
    });
  });
  const pending = await orInProgress(opening);
  if (pending.__typename !== 'PendingPayment') return pending;
  const { paymentId, amount, currencyCode } = pending;
  // somebody else's request with the same key opened it and is asking the provider
  if (opened !== paymentId) return whatCameOf(on, viewer, paymentId);
  const order = { paymentId, tenantId: viewer.tenantId, amount, currencyCode, token };
  try {
    const charge = await answered(provider.authorise(order));
    return await finishPayment(on, viewer, { ...order, ticketId, provider: provider.name }, charge);
  } catch (error) {
    // not an answer: the money may have moved, and the recovery pass will know
    on.logger.warn({ error, paymentId }, 'a payment is left to the recovery pass');
    return outcomeSoFar(on, viewer, paymentId);
  }
}
