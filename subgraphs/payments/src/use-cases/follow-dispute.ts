import type { TenantScope } from '@plaza/platform/database/database';
import type { Transaction } from '@plaza/platform/database/transaction';
import { newId } from '@plaza/platform/ids';
import type { DisputeRow } from '../database/dispute.entity.js';
import { closeDispute, findDispute, openDispute } from '../database/dispute.queries.js';
import type { PaymentRow } from '../database/payment.entity.js';
import { addRefunded, lockPayment, markDisputed, markRefunded } from '../database/payment.queries.js';
import { insertRefund } from '../database/refund.queries.js';
import { lockStayAccount, type StayAccount } from '../database/stay-account.queries.js';
import { isOurs, taxOfRefund } from '../domain/payment.js';
import { isInside } from '../domain/stay.js';
import type { ChargeDispute } from '../providers/provider.js';
import type { PaymentsDeps } from './context.js';
import type { UnfinishedPayment } from './finish-payment.js';
import { recordRefund } from './finish-refund.js';
import { appendPaymentEvent } from './payment-event.js';
import { showWhatIsOwed } from './show-what-is-owed.js';

/**
 * Brings a payment to where its dispute stands at the provider. While it is open the payment is DISPUTED; won, it is what
 * it was; lost, the bank has given back what was left of it. Safe to repeat, and with news that come late.
 */
export const followDispute = (
  { database, clock }: PaymentsDeps,
  scope: TenantScope,
  { paymentId, ticketId }: UnfinishedPayment,
  told: ChargeDispute,
): Promise<void> =>
  database.write(scope, async (tx) => {
    const [stay, locked] = await Promise.all([lockStayAccount(tx, ticketId), lockPayment(tx, paymentId)]);
    if (!stay || !locked) throw new Error(`Payment ${paymentId} or its ticket is gone.`);
    const known = await findDispute(tx, paymentId, told.reference);
    const at = clock.now();
    const dispute = known ?? (await open(tx, locked.payment, told, at));
    if (dispute && dispute.status === 'OPEN' && told.status !== 'OPEN') {
      await close(tx, { stay, payment: locked.payment }, dispute, told.status, at);
    }
  });

interface Disputed {
  stay: StayAccount;
  payment: PaymentRow;
}

async function open(
  tx: Transaction,
  payment: PaymentRow,
  { reference, reason }: ChargeDispute,
  openedAt: Date,
): Promise<DisputeRow | null> {
  // what was given back whole is nothing to quarrel about
  if (!isOurs(payment) || payment.status === 'REFUNDED') return null;
  const { id: paymentId, locationId } = payment;
  const [dispute] = await Promise.all([
    openDispute(tx, { paymentId, locationId, reference, reason, openedAt }),
    markDisputed(tx, paymentId),
    appendPaymentEvent(tx, payment, { type: 'payment.disputed', occurredAt: openedAt, reason }),
  ]);
  return dispute;
}

async function close(
  tx: Transaction,
  { stay, payment }: Disputed,
  { id }: DisputeRow,
  status: 'WON' | 'LOST',
  closedAt: Date,
): Promise<void> {
  await Promise.all([
    closeDispute(tx, id, status, closedAt),
    appendPaymentEvent(tx, payment, { type: 'payment.dispute_closed', occurredAt: closedAt, status }),
  ]);
  if (status === 'WON') await markRefunded(tx, payment.id);
  else await takeLoss(tx, { stay, payment }, closedAt);
}

/** The bank gave back what was left: a refund that nobody here gave. Whoever is still inside owes it again. */
async function takeLoss(tx: Transaction, { stay, payment }: Disputed, refundedAt: Date): Promise<void> {
  const { id: paymentId, locationId, currencyCode } = payment;
  const amount = payment.amount - payment.refunded;
  if (amount === 0) {
    await markRefunded(tx, paymentId);
    return;
  }
  const [refund] = await Promise.all([
    insertRefund(tx, {
      id: newId(),
      locationId,
      paymentId,
      status: 'PENDING',
      currencyCode,
      amount,
      tax: taxOfRefund(payment, amount),
      rounding: 0,
      reason: 'The bank decided a dispute for the payer.',
      owedAgain: isInside(stay.status),
      refundedAt,
    }),
    addRefunded(tx, paymentId, amount),
  ]);
  await recordRefund(tx, payment, refund, true);
  if (refund.owedAgain) await showWhatIsOwed(tx, stay.ticketId, refundedAt);
}
