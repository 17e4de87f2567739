import { insertNotice, markApplied } from '../database/notice.queries.js';
import { readPayments } from '../database/payment.queries.js';
import type { UnappliedNotice } from '../database/pending.queries.js';
import type { PaymentProvider, RawNotice } from '../providers/provider.js';
import type { PaymentsDeps } from './context.js';
import { followProvider, inTheNameOf } from './follow-provider.js';

/**
 * Takes in what a provider tells of its own accord. A notice is kept once, under the provider's own id of it, and then it
 * is a doorbell: where the payment stands is asked of the provider. Throws NoticeRefused for one that is not genuine. One
 * that can't be applied now is applied by the recovery pass.
 */
export async function receiveNotice(
  on: PaymentsDeps,
  provider: PaymentProvider,
  raw: RawNotice,
): Promise<void> {
  const told = provider.parseNotice(raw);
  if (!told) return;
  const { id: noticeId, kind, paymentId, tenantId } = told;
  const notice = { provider: provider.name, noticeId, paymentId, tenantId };
  const isNew = await on.database.write(inTheNameOf(tenantId), (tx) => insertNotice(tx, { ...notice, kind }));
  if (!isNew) return;
  try {
    await applyNotice(on, notice);
  } catch (error) {
    on.logger.warn({ error, notice }, 'a notice is left to the recovery pass');
  }
}

/** Brings the notice's payment to where it stands at the provider. Safe to repeat. */
export async function applyNotice(on: PaymentsDeps, notice: UnappliedNotice): Promise<void> {
  const scope = inTheNameOf(notice.tenantId);
  const [payment] = await on.database.read(scope, (tx) => readPayments(tx, [notice.paymentId]));
  // a payment is there before its provider hears of it: this one is of another Plaza, or of a past that was restored
  if (payment?.provider === notice.provider) {
    const { id: paymentId, ticketId, provider } = payment;
    await followProvider(on, { paymentId, ticketId, provider, tenantId: notice.tenantId }, null);
  } else {
    on.logger.warn({ notice }, 'a notice tells of a payment that is not known here');
  }
  await on.database.write(scope, (tx) => markApplied(tx, notice));
}
