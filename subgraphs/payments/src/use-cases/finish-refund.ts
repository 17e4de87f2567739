import type { TenantScope } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Viewer } from '@plaza/platform/viewer';
import { lockStay } from '../contract/tickets.js';
import { wasLost } from '../database/dispute.queries.js';
import type { PaymentRow } from '../database/payment.entity.js';
import {
  addRefunded,
  lockPayment,
  markRefunded,
  readPayments,
  showMoneyHeld,
} from '../database/payment.queries.js';
import type { RefundRow } from '../database/refund.entity.js';
import { finishRefundRow, lockRefund, storeRefundOutcome } from '../database/refund.queries.js';
import { bookRefund } from './book-refund.js';
import type { PaymentsDeps } from './context.js';
import type { FinishedRefund } from './refund-payment.outcome.js';
import { showWhatIsOwed } from './show-what-is-owed.js';

/** Records what the provider answered to a refund. Safe to repeat: whoever comes second gets the first one's outcome. */
export const finishRefund = (
  { database }: PaymentsDeps,
  scope: Viewer | TenantScope,
  { payment, refundId }: { payment: Pick<PaymentRow, 'id' | 'ticketId'>; refundId: string },
  accepted: boolean,
): Promise<FinishedRefund> =>
  database.write(scope, async (tx) => {
    const [, paid, given] = await Promise.all([
      lockStay(tx, payment.ticketId),
      lockPayment(tx, payment.id),
      lockRefund<FinishedRefund>(tx, refundId),
    ]);
    if (!paid || !given) throw new Error(`Refund ${refundId} has lost its payment.`);
    if (given.outcome) return given.outcome;
    // refused because the bank had given it back with all the rest: the payer has it, only not from us
    const isGiven = accepted || (await wasLost(tx, payment.id));
    return recordRefund(tx, paid.payment, given.refund, isGiven);
  });

/** The end of a PENDING refund: money back and its ledger entries, or the amount refundable again. */
export async function recordRefund(
  tx: Transaction,
  payment: PaymentRow,
  pending: RefundRow,
  accepted: boolean,
): Promise<FinishedRefund> {
  const outcome = accepted ? await giveBack(tx, payment, pending) : await takeBack(tx, payment, pending);
  await storeRefundOutcome(tx, pending.id, outcome);
  return outcome;
}

async function giveBack(
  tx: Transaction,
  payment: PaymentRow,
  given: Pick<RefundRow, 'id' | 'amount' | 'tax' | 'rounding' | 'refundedAt'>,
): Promise<FinishedRefund> {
  const [refund, refunded] = await Promise.all([
    finishRefundRow(tx, given.id, 'SUCCEEDED'),
    markRefunded(tx, payment.id),
    bookRefund(tx, payment, given),
    showMoneyHeld(tx, payment.ticketId),
  ]);
  return { __typename: 'PaymentRefunded', payment: refunded, refund };
}

async function takeBack(
  tx: Transaction,
  payment: PaymentRow,
  { id, amount, owedAgain, refundedAt }: Pick<RefundRow, 'id' | 'amount' | 'owedAgain' | 'refundedAt'>,
): Promise<FinishedRefund> {
  const [refund, , [restored]] = await Promise.all([
    finishRefundRow(tx, id, 'FAILED'),
    addRefunded(tx, payment.id, -amount),
    readPayments(tx, [payment.id]),
  ]);
  if (owedAgain) await showWhatIsOwed(tx, payment.ticketId, refundedAt);
  const message = 'The provider refused to give the money back.';
  return { __typename: 'RefundDeclined', message, payment: restored ?? payment, refund };
}
