import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { fromDecimal } from '@plaza/platform/money';
import type { Transaction } from '@plaza/platform/database/transaction';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import { addRefunded, lockPayment, readPayments } from '../database/payment.queries.js';
import type { PaymentRow } from '../database/payment.entity.js';
import type { RefundRow } from '../database/refund.entity.js';
import { insertRefund, readRefundOutcome } from '../database/refund.queries.js';
import { isTaken, refundable, taxOfRefund } from '../domain/payment.js';
import { providerNamed } from '../providers/provider.js';
import { answered, awaitOutcome } from './answered.js';
import type { PaymentsContext } from './context.js';
import { finishRefund, recordRefund } from './finish-refund.js';
import type { FinishedRefund, RefundPaymentOutcome } from './refund-payment.outcome.js';

export interface RefundPaymentInput {
  paymentId: string;
  /** A decimal in the payment's currency; all that is left unless told. */
  amount?: string | null;
  reason: string;
  idempotencyKey?: string | null;
}

/** What the first transaction leaves behind: a PENDING refund whose amount is already taken off what can be refunded. */
interface PendingRefund {
  __typename: 'PendingRefund';
  payment: PaymentRow;
  refund: RefundRow;
}

/** Gives back a payment, whole or in part: cash at once, anything else by the provider that took it. */
export async function refundPayment(
  on: PaymentsContext,
  input: RefundPaymentInput,
): Promise<RefundPaymentOutcome> {
  const viewer = requireScope(on.viewer, 'payments:refund');
  if (!isId(input.paymentId)) throw notFound('The payment');
  if (input.reason.length < 1 || input.reason.length > 500) {
    throw badUserInput('reason', 'A reason has 1 to 500 characters.');
  }
  let opened: string | null = null;
  const key = keyedCommand('payments', viewer, 'refundPayment', input);
  const pending = await on.database.write(viewer, (tx) => {
    opened = null;
    return once<PendingRefund | RefundPaymentOutcome>(tx, key, async () => {
      const open = await openRefund(tx, input, on.clock.now());
      if (open.__typename !== 'PendingRefund') return open;
      if (!open.payment.provider) return recordRefund(tx, open.payment, open.refund, true);
      opened = open.refund.id;
      return open;
    });
  });
  if (pending.__typename !== 'PendingRefund') return pending;
  return opened === pending.refund.id ? askProvider(on, viewer, pending) : awaitRefund(on, viewer, pending);
}

async function openRefund(
  tx: Transaction,
  { paymentId, amount: asked, reason }: RefundPaymentInput,
  refundedAt: Date,
): Promise<PendingRefund | RefundPaymentOutcome> {
  const locked = await lockPayment(tx, paymentId);
  if (!locked) throw notFound('The payment');
  const { payment } = locked;
  if (!isTaken(payment)) {
    return { __typename: 'PaymentNotRefundable', message: 'No money was taken by this payment.', payment };
  }
  const { currencyCode, locationId } = payment;
  const left = refundable(payment);
  const amount = asked ? fromDecimal(asked, currencyCode) : left;
  if (asked && amount <= 0) throw badUserInput('amount', 'A refund is more than nothing.');
  if (amount > left || left === 0) {
    return {
      __typename: 'RefundExceedsPayment',
      message:
        left === 0
          ? 'Nothing is left of this payment: all of it was given back.'
          : 'This is more than what is left of the payment.',
      refundable: { amount: left, currencyCode },
      payment,
    };
  }
  const tax = taxOfRefund(payment, amount);
  const [refund] = await Promise.all([
    insertRefund(tx, {
      id: newId(),
      locationId,
      paymentId,
      status: 'PENDING',
      currencyCode,
      amount,
      tax,
      reason,
      refundedAt,
    }),
    addRefunded(tx, paymentId, amount),
  ]);
  return { __typename: 'PendingRefund', payment, refund };
}

async function askProvider(
  on: PaymentsContext,
  viewer: Viewer,
  { payment, refund }: PendingRefund,
): Promise<RefundPaymentOutcome> {
  const provider = providerNamed(on.providers, payment.provider);
  const { id: refundId, paymentId, amount } = refund;
  try {
    const accepted = await answered(
      provider.refund({ refundId, paymentId, tenantId: viewer.tenantId, amount }),
    );
    return await finishRefund(on, viewer, { refundId, paymentId }, accepted);
  } catch (error) {
    on.logger.warn({ error, refundId }, 'a refund is left to the recovery pass');
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
