import type { TenantScope } from '@plaza/platform/database/database';
import {
  type PendingPayment,
  type PendingRefund,
  readPendingPayments,
  readPendingRefunds,
  RECOVERY_SCOPE,
} from '../database/pending.queries.js';
import { readPayments } from '../database/payment.queries.js';
import { readRefundsOfPayments } from '../database/refund.queries.js';
import { providerNamed } from '../providers/provider.js';
import type { PaymentsDeps } from './context.js';
import { finishPayment } from './finish-payment.js';
import { finishRefund } from './finish-refund.js';

/** Older than any request that still works on it: a provider is given up on long before. */
const ABANDONED_AFTER_SECONDS = 30;

const inTheNameOf = (tenantId: string): TenantScope => ({
  tenantId,
  actor: { kind: 'system', id: 'payments.recovery' },
});

/**
 * Finishes what a crash or a silent provider left PENDING: asks the provider where the money is and records the answer.
 * Several processes may do this at once. Returns how many payments and refunds it finished.
 */
export async function recoverPayments(
  on: PaymentsDeps,
  olderThanSeconds = ABANDONED_AFTER_SECONDS,
): Promise<number> {
  const [payments, refunds] = await on.database.read(RECOVERY_SCOPE, (tx) =>
    Promise.all([readPendingPayments(tx, olderThanSeconds), readPendingRefunds(tx, olderThanSeconds)]),
  );
  let finished = 0;
  const attempts = [
    ...payments.map((pending) => () => recoverPayment(on, pending)),
    ...refunds.map((pending) => () => recoverRefund(on, pending)),
  ];
  for (const attempt of attempts) {
    try {
      await attempt();
      finished += 1;
    } catch (error) {
      // one that can't be finished now must not keep the others waiting
      on.logger.error({ error }, 'a pending payment could not be finished yet');
    }
  }
  return finished;
}

async function recoverPayment(on: PaymentsDeps, pending: PendingPayment): Promise<void> {
  const provider = providerNamed(on.providers, pending.provider);
  const known = await provider.lookUp(pending);
  // not captured and nobody is at it any more: cancelling makes sure that nothing is taken later
  const charge = known && known.status !== 'AUTHORISED' ? known : await provider.cancel(pending);
  await finishPayment(on, inTheNameOf(pending.tenantId), pending, charge);
}

async function recoverRefund(
  on: PaymentsDeps,
  { refundId, paymentId, tenantId }: PendingRefund,
): Promise<void> {
  const scope = inTheNameOf(tenantId);
  const [[payment], refunds] = await on.database.read(scope, (tx) =>
    Promise.all([readPayments(tx, [paymentId]), readRefundsOfPayments(tx, [paymentId])]),
  );
  const refund = refunds.find(({ id }) => id === refundId);
  if (!payment || !refund) throw new Error(`Refund ${refundId} has lost its payment.`);
  const provider = providerNamed(on.providers, payment.provider);
  const given = await provider.refund({ refundId, paymentId, tenantId, amount: refund.amount });
  await finishRefund(on, scope, { refundId, paymentId }, given);
}
