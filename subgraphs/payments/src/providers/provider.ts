import type { DeclineReason, PaymentMethod } from '../domain/payment.js';

/** Names a payment to its provider. The payment's id is the idempotency key of everything done for it. */
export interface PaymentKey {
  paymentId: string;
  tenantId: string;
}

/** What is to be charged; `amount` in minor units. */
export interface ChargeOrder extends PaymentKey {
  amount: number;
  currencyCode: string;
  /** What the provider's own form or terminal gave the client for the card. */
  token: string;
}

export interface RefundOrder extends PaymentKey {
  refundId: string;
  amount: number;
}

/** Where a charge stands at the provider. */
export type Charge =
  | { status: 'AUTHORISED'; reference: string }
  | { status: 'CAPTURED'; reference: string }
  | { status: 'DECLINED' | 'CANCELLED'; reason: DeclineReason };

/**
 * Someone who takes money. Every call may be repeated with the same ids and then does nothing new. A call that throws
 * has told nothing: the money may have moved, `lookUp` knows.
 */
export interface PaymentProvider {
  /** Kept with each payment, so that it is always asked of the provider that took it. */
  readonly name: string;
  /** What new payments it takes; payments it took before can be asked after and refunded all the same. */
  readonly methods: readonly PaymentMethod[];
  /** Reserves the amount. */
  authorise(order: ChargeOrder): Promise<Charge>;
  /** Takes what was reserved. */
  capture(key: PaymentKey): Promise<Charge>;
  /** Makes sure that nothing will be taken from now on, even by a call still under way; what was captured stays so. */
  cancel(key: PaymentKey): Promise<Charge>;
  /** Where the charge stands; null when the provider never heard of it. */
  lookUp(key: PaymentKey): Promise<Charge | null>;
  /** Gives back part of a captured charge. False: the provider refuses. */
  refund(order: RefundOrder): Promise<boolean>;
}

/** The provider that takes this method; undefined where none does. */
export const providerFor = (
  providers: readonly PaymentProvider[],
  method: PaymentMethod,
): PaymentProvider | undefined => providers.find(({ methods }) => methods.includes(method));

/** The provider that a payment names. */
export function providerNamed(
  providers: readonly PaymentProvider[],
  name: string | null | undefined,
): PaymentProvider {
  const found = providers.find((provider) => provider.name === name);
  if (!found) throw new Error(`There is no provider ${name}.`);
  return found;
}
