import type { TenantScope } from '@plaza/platform/database/database';
import { type Charge, providerNamed } from '../providers/provider.js';
import { answered } from './answered.js';
import type { PaymentsDeps } from './context.js';
import { finishPayment, type UnfinishedPayment } from './finish-payment.js';
import { followDispute } from './follow-dispute.js';
import type { FinishedPayment, WaitingPayment } from './pay-ticket.outcome.js';

/** In whose name Plaza works when nobody asked it to. */
export const inTheNameOf = (tenantId: string): TenantScope => ({
  tenantId,
  actor: { kind: 'system', id: 'payments.recovery' },
});

/** The payer's second step is waited for so long, in milliseconds; then the payment is cancelled. */
const STEP_PATIENCE = 15 * 60_000;

/**
 * Asks the provider where a payment stands and brings ours there, disputes included. What a notice says, or in which order
 * notices come, decides nothing: this does. `since`: the provider is also told to give up a charge that nobody is at any
 * more, made at that instant.
 */
export async function followProvider(
  on: PaymentsDeps,
  payment: UnfinishedPayment,
  since: Date | null,
): Promise<FinishedPayment | WaitingPayment> {
  const provider = providerNamed(on.providers, payment.provider);
  const known = await answered(provider.lookUp(payment));
  const charge = since && isAbandoned(known, since) ? await answered(provider.cancel(payment)) : known;
  if (!charge) throw new Error(`${payment.provider} does not know payment ${payment.paymentId} yet.`);
  const scope = inTheNameOf(payment.tenantId);
  const outcome = await finishPayment(on, scope, payment, charge);
  if (charge.status === 'CAPTURED' && charge.dispute) {
    await followDispute(on, scope, payment, charge.dispute);
  }
  return outcome;
}

// The clock of the database made `since`; the machine's is near enough for minutes.
const isAbandoned = (charge: Charge | null, since: Date): boolean =>
  charge === null || (charge.status === 'ACTION_REQUIRED' && Date.now() - since.getTime() > STEP_PATIENCE);
