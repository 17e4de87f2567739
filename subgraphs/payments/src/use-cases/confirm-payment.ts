import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import type { PaymentRow } from '../database/payment.entity.js';
import { readStoredPayment } from '../database/payment.queries.js';
import { isUnfinished } from '../domain/payment.js';
import { type PaymentProvider, providerNamed } from '../providers/provider.js';
import { answered } from './answered.js';
import type { PaymentsContext } from './context.js';
import { finishPayment } from './finish-payment.js';
import type { FinishedPayment, WaitingPayment } from './pay-ticket.outcome.js';
import { outcomeSoFar } from './payment-outcome.js';

export interface ConfirmPaymentInput {
  paymentId: string;
  code?: string | null;
  idempotencyKey?: string | null;
}

export interface PaymentNotWaiting {
  __typename: 'PaymentNotWaiting';
  message: string;
  payment: PaymentRow;
}

export type ConfirmPaymentOutcome = FinishedPayment | WaitingPayment | PaymentNotWaiting;

/** Goes on with a payment after the payer's second step. Safe to repeat: a payment ends once. */
export async function confirmPayment(
  on: PaymentsContext,
  input: ConfirmPaymentInput,
): Promise<ConfirmPaymentOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  const payment = await claimPaymentCommand(on, viewer, 'confirmPayment', input);
  if ('outcome' in payment) return payment.outcome;
  if (!isUnfinished(payment)) {
    const message = 'This payment does not wait for anybody.';
    return { __typename: 'PaymentNotWaiting', message, payment };
  }
  const code = input.code ?? null;
  return askUnfinished(on, viewer, payment, (provider) =>
    provider.confirm({ paymentId: payment.id, tenantId: viewer.tenantId, code }),
  );
}

/** A payment that has ended, or the row of one for a command about it. Throws NOT_FOUND, and CONFLICT for a used key. */
export async function claimPaymentCommand(
  { database }: PaymentsContext,
  viewer: Viewer,
  story: string,
  input: { paymentId: string; idempotencyKey?: string | null },
): Promise<PaymentRow | { outcome: FinishedPayment }> {
  const { paymentId } = input;
  if (!isId(paymentId)) throw notFound('The payment');
  const stored = await database.write(viewer, async (tx) => {
    const found = await readStoredPayment<FinishedPayment>(tx, paymentId);
    if (!found) throw notFound('The payment');
    await once(tx, keyedCommand('payments', viewer, story, input), () => Promise.resolve({ paymentId }));
    return found;
  });
  return stored.outcome ? { outcome: stored.outcome } : stored.payment;
}

/** Asks the provider of an unfinished payment and records the answer; without one, what the payment has come to so far. */
export async function askUnfinished(
  on: PaymentsContext,
  viewer: Viewer,
  { id: paymentId, ticketId, provider: name }: PaymentRow,
  ask: (provider: PaymentProvider) => ReturnType<PaymentProvider['cancel']>,
): Promise<FinishedPayment | WaitingPayment> {
  const provider = providerNamed(on.providers, name);
  const unfinished = { paymentId, ticketId, tenantId: viewer.tenantId, provider: name };
  try {
    return await finishPayment(on, viewer, unfinished, await answered(ask(provider)));
  } catch (error) {
    on.logger.warn({ error, paymentId }, 'a payment is left to the recovery pass');
    return outcomeSoFar(on, viewer, paymentId);
  }
}
