import { type KeyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput } from '@plaza/platform/errors';
import type { Viewer } from '@plaza/platform/viewer';
import { insertPayment, readOutcome, readPayments } from '../database/payment.queries.js';
import { type Charge, type ChargeOrder, type PaymentProvider, providerFor } from '../providers/provider.js';
import { answered, awaitOutcome } from './answered.js';
import { assessPayment, type DuePayment, type PaymentCommand, paymentInProgress } from './assess-payment.js';
import type { PaymentsContext } from './context.js';
import { finishPayment } from './finish-payment.js';
import type {
  FinishedPayment,
  NothingDue,
  PayTicketOutcome,
  TicketNotPayable,
} from './pay-ticket.outcome.js';
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
): Promise<PayTicketOutcome> {
  const provider = providerFor(on.providers, command.method);
  if (!provider) throw badUserInput('method', `No provider takes ${command.method} here.`);
  const { token } = command;
  if (!token) throw badUserInput('tender.token', `${command.method} needs the token of a card or wallet.`);
  let opened: string | null = null;
  const opening = on.database.write(viewer, (tx) => {
    opened = null;
    return once<PendingPayment | NothingDue | TicketNotPayable>(tx, key, async () => {
      const assessed = unlessInProgress(await assessPayment(tx, command));
      if (assessed.__typename !== 'DuePayment') return assessed;
      const payment = await insertPayment(tx, asPending(assessed, provider));
      opened = payment.id;
      const { id: paymentId, amount, currencyCode } = payment;
      return { __typename: 'PendingPayment', paymentId, amount, currencyCode };
    });
  });
  const pending = await orInProgress(opening);
  if (pending.__typename !== 'PendingPayment') return pending;
  const { paymentId, amount, currencyCode } = pending;
  // somebody else's request with the same key opened it and is asking the provider
  if (opened !== paymentId) {
    const outcome = await awaitOutcome(() =>
      on.database.read(viewer, (tx) => readOutcome<FinishedPayment>(tx, paymentId)),
    );
    return outcome ?? stillInProgress(on, viewer, paymentId);
  }
  const order = { paymentId, tenantId: viewer.tenantId, amount, currencyCode, token };
  try {
    const charge = await answered(take(provider, order));
    return await finishPayment(on, viewer, { ...order, ticketId: command.ticketId }, charge);
  } catch (error) {
    // not an answer: the money may have moved, and the recovery pass will know
    on.logger.warn({ error, paymentId }, 'a payment is left to the recovery pass');
    return stillInProgress(on, viewer, paymentId);
  }
}

const asPending = ({ payment }: DuePayment, { name }: PaymentProvider) => ({
  ...payment,
  status: 'PENDING' as const,
  provider: name,
});

async function take(provider: PaymentProvider, order: ChargeOrder): Promise<Charge> {
  const charge = await provider.authorise(order);
  return charge.status === 'AUTHORISED' ? provider.capture(order) : charge;
}

async function stillInProgress(
  on: PaymentsContext,
  viewer: Viewer,
  paymentId: string,
): Promise<PayTicketOutcome> {
  const [payment] = await on.database.read(viewer, (tx) => readPayments(tx, [paymentId]));
  if (!payment) throw new Error(`Payment ${paymentId} is gone.`);
  return paymentInProgress(payment);
}
