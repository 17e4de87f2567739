import type { Viewer } from '@plaza/platform/viewer';
import { readStoredPayment, type StoredPayment } from '../database/payment.queries.js';
import { isUnfinished } from '../domain/payment.js';
import { awaitOutcome } from './answered.js';
import type { PaymentsContext } from './context.js';
import { type FinishedPayment, waitingOutcome, type WaitingPayment } from './pay-ticket.outcome.js';

/** What a payment has come to by now: its end, or what it waits for. */
export async function outcomeSoFar(
  on: PaymentsContext,
  viewer: Viewer,
  paymentId: string,
): Promise<FinishedPayment | WaitingPayment> {
  const stored = await readStored(on, viewer, paymentId);
  return stored.outcome ?? waitingOutcome(stored.payment);
}

/** As outcomeSoFar, once the request that asks the provider has got an answer, if it gets one soon. */
export async function whatCameOf(
  on: PaymentsContext,
  viewer: Viewer,
  paymentId: string,
): Promise<FinishedPayment | WaitingPayment> {
  const outcome = await awaitOutcome(async () => {
    const { payment, outcome } = await readStored(on, viewer, paymentId);
    return outcome ?? (payment.nextAction && isUnfinished(payment) ? waitingOutcome(payment) : null);
  });
  return outcome ?? outcomeSoFar(on, viewer, paymentId);
}

async function readStored(
  { database }: PaymentsContext,
  viewer: Viewer,
  paymentId: string,
): Promise<StoredPayment<FinishedPayment>> {
  const stored = await database.read(viewer, (tx) => readStoredPayment<FinishedPayment>(tx, paymentId));
  if (!stored) throw new Error(`Payment ${paymentId} is gone.`);
  return stored;
}
