import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import { readPayments } from '../database/payment.queries.js';
import type { RefundRow } from '../database/refund.entity.js';
import { readRefundOutcome } from '../database/refund.queries.js';
import { isReason, NO_REASON } from '../domain/refund-policy.js';
import { type PaymentProvider, providerNamed } from '../providers/provider.js';
import { answered, awaitOutcome } from './answered.js';
import type { PaymentsContext } from './context.js';
import { finishRefund, recordRefund } from './finish-refund.js';
import { openRefund, type PendingRefund, type RefundRequest } from './open-refund.js';
import type { FinishedRefund, RefundPaymentOutcome } from './refund-payment.outcome.js';

export interface RefundPaymentInput extends RefundRequest {
  idempotencyKey?: string | null;
}

/** Gives back a payment, whole or in part, as the policy allows: cash at once, anything else by the provider that took it. */
export async function refundPayment(
  on: PaymentsContext,
  input: RefundPaymentInput,
): Promise<RefundPaymentOutcome> {
  const viewer = requireScope(on.viewer, 'payments:refund');
  if (!isId(input.paymentId)) throw notFound('The payment');
  if (!isReason(input.reason)) throw badUserInput('reason', NO_REASON);
  let opened: string | null = null;
  const key = keyedCommand('payments', viewer, 'refundPayment', input);
  const pending = await on.database.write(viewer, (tx) => {
    opened = null;
    return once<PendingRefund | RefundPaymentOutcome>(tx, key, async () => {
      const open = await openRefund(tx, viewer, input, on.clock.now());
      if (open.__typename !== 'PendingRefund') return open;
      const provider = providerNamed(on.providers, open.payment.provider);
      if (provider.atOnce) {
        return recordRefund(tx, open.payment, open.refund, await ask(provider, viewer, open.refund));
      }
      opened = open.refund.id;
      return open;
    });
  });
  if (pending.__typename !== 'PendingRefund') return pending;
  return opened === pending.refund.id ? askProvider(on, viewer, pending) : awaitRefund(on, viewer, pending);
}

const ask = (
  provider: PaymentProvider,
  { tenantId }: Viewer,
  { id: refundId, paymentId, amount }: RefundRow,
): Promise<boolean> => provider.refund({ refundId, paymentId, tenantId, amount });

async function askProvider(
  on: PaymentsContext,
  viewer: Viewer,
  { payment, refund }: PendingRefund,
): Promise<RefundPaymentOutcome> {
  const provider = providerNamed(on.providers, payment.provider);
  try {
    const accepted = await answered(ask(provider, viewer, refund));
    return await finishRefund(on, viewer, { refundId: refund.id, payment }, accepted);
  } catch (error) {
    on.logger.warn({ error, refundId: refund.id }, 'a refund is left to the recovery pass');
    return stillPending(on, viewer, refund);
  }
}

async function awaitRefund(
  on: PaymentsContext,
  viewer: Viewer,
  { refund }: PendingRefund,
): Promise<RefundPaymentOutcome> {
  const outcome = await awaitOutcome(() =>
    on.database.read(viewer, (tx) => readRefundOutcome<FinishedRefund>(tx, refund.id)),
  );
  return outcome ?? stillPending(on, viewer, refund);
}

async function stillPending(
  on: PaymentsContext,
  viewer: Viewer,
  refund: RefundRow,
): Promise<RefundPaymentOutcome> {
  const [payment] = await on.database.read(viewer, (tx) => readPayments(tx, [refund.paymentId]));
  if (!payment) throw new Error(`Payment ${refund.paymentId} is gone.`);
  return { __typename: 'PaymentRefunded', payment, refund };
}
