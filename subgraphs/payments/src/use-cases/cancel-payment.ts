import { requireScope } from '@plaza/platform/viewer';
import type { PaymentRow } from '../database/payment.entity.js';
import { readPayments } from '../database/payment.queries.js';
import { isUnfinished } from '../domain/payment.js';
import { askUnfinished, claimPaymentCommand } from './confirm-payment.js';
import type { PaymentsContext } from './context.js';
import { paymentInProgress, type PaymentInProgress } from './pay-ticket.outcome.js';

export interface CancelPaymentInput {
  paymentId: string;
  idempotencyKey?: string | null;
}

export type CancelPaymentOutcome =
  | { __typename: 'PaymentCancelled'; payment: PaymentRow }
  | { __typename: 'PaymentNotCancellable'; message: string; payment: PaymentRow }
  | PaymentInProgress;

/** Gives up a payment that waits, so that the ticket can be paid otherwise. What was taken stays taken. */
export async function cancelPayment(
  on: PaymentsContext,
  input: CancelPaymentInput,
): Promise<CancelPaymentOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  const { paymentId } = input;
  const found = await claimPaymentCommand(on, viewer, 'cancelPayment', input);
  if (!('outcome' in found) && isUnfinished(found)) {
    const key = { paymentId, tenantId: viewer.tenantId };
    await askUnfinished(on, viewer, found, (provider) => provider.cancel(key));
  }
  const [payment] = await on.database.read(viewer, (tx) => readPayments(tx, [paymentId]));
  if (!payment) throw new Error(`Payment ${paymentId} is gone.`);
  if (isUnfinished(payment)) return paymentInProgress(payment);
  if (payment.status === 'CANCELLED' || payment.status === 'DECLINED') {
    return { __typename: 'PaymentCancelled', payment };
  }
  const message = 'The money of this payment was taken before. Refund it instead.';
  return { __typename: 'PaymentNotCancellable', message, payment };
}
