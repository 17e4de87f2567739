import type { Transaction } from '@plaza/platform/database/transaction';
import {
  claimNotice,
  claimPayment,
  claimRefund,
  type PendingPayment,
  type PendingRefund,
  readPendingPayments,
  readPendingRefunds,
  readUnappliedNotices,
  RECOVERY_SCOPE,
  type UnappliedNotice,
} from '../database/pending.queries.js';
import { readPayments } from '../database/payment.queries.js';
import { readRefundsOfPayments } from '../database/refund.queries.js';
import { providerNamed } from '../providers/provider.js';
import { answered } from './answered.js';
import type { PaymentsDeps } from './context.js';
import { finishRefund } from './finish-refund.js';
import { followProvider, inTheNameOf } from './follow-provider.js';
import { isFinal } from './pay-ticket.outcome.js';
import { applyNotice } from './receive-notice.js';

/** Older than any request that still works on it: a provider is given up on long before. */
const ABANDONED_AFTER_SECONDS = 30;

/** Something left unfinished. */
interface Turn {
  tenantId: string;
  /** Takes the turn, unless another process has. */
  claim(tx: Transaction): Promise<boolean>;
  /** True when it is finished, false while the provider waits for somebody. */
  finish(): Promise<boolean>;
}

/**
 * Finishes what a crash or a silent provider left unfinished: asks the provider where the money is and records the answer.
 * What can't be finished now has its next turn after twice the time. Several processes may do this at once. Returns how many
 * payments, refunds and notices it finished.
 */
export async function recoverPayments(
  on: PaymentsDeps,
  olderThanSeconds = ABANDONED_AFTER_SECONDS,
): Promise<number> {
  let finished = 0;
  for (const turn of await readTurns(on, olderThanSeconds)) {
    try {
      const mine = await on.database.write(inTheNameOf(turn.tenantId), (tx) => turn.claim(tx));
      if (mine && (await turn.finish())) finished += 1;
    } catch (error) {
      // one that can't be finished now must not keep the others waiting
      on.logger.error({ error }, 'a pending payment could not be finished yet');
    }
  }
  return finished;
}

async function readTurns(on: PaymentsDeps, seconds: number): Promise<Turn[]> {
  const [payments, refunds, notices] = await on.database.read(RECOVERY_SCOPE, (tx) =>
    Promise.all([
      readPendingPayments(tx, seconds),
      readPendingRefunds(tx, seconds),
      readUnappliedNotices(tx, seconds),
    ]),
  );
  const ofPayment = (pending: PendingPayment): Turn => ({
    tenantId: pending.tenantId,
    claim: (tx) => claimPayment(tx, pending.paymentId, seconds),
    finish: async () => isFinal(await followProvider(on, pending, pending.createdAt)),
  });
  const ofRefund = (pending: PendingRefund): Turn => ({
    tenantId: pending.tenantId,
    claim: (tx) => claimRefund(tx, pending.refundId, seconds),
    finish: () => recoverRefund(on, pending),
  });
  const ofNotice = (notice: UnappliedNotice): Turn => ({
    tenantId: notice.tenantId,
    claim: (tx) => claimNotice(tx, notice, seconds),
    finish: () => applyNotice(on, notice).then(() => true),
  });
  return [...payments.map(ofPayment), ...refunds.map(ofRefund), ...notices.map(ofNotice)];
}

async function recoverRefund(
  on: PaymentsDeps,
  { refundId, paymentId, tenantId }: PendingRefund,
): Promise<boolean> {
  const scope = inTheNameOf(tenantId);
  const [[payment], refunds] = await on.database.read(scope, (tx) =>
    Promise.all([readPayments(tx, [paymentId]), readRefundsOfPayments(tx, [paymentId])]),
  );
  const refund = refunds.find(({ id }) => id === refundId);
  if (!payment || !refund) throw new Error(`Refund ${refundId} has lost its payment.`);
  const provider = providerNamed(on.providers, payment.provider);
  const order = { refundId, paymentId, tenantId, amount: refund.amount };
  await finishRefund(on, scope, { refundId, payment }, await answered(provider.refund(order)));
  return true;
}
