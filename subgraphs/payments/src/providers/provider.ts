import type { IncomingHttpHeaders } from 'node:http';
import type { DeclineReason, DisputeStatus, NextAction, PaymentMethod } from '../domain/payment.js';

/** Names a payment to its provider. The payment's id is the idempotency key of everything done for it. */
export interface PaymentKey {
  paymentId: string;
  tenantId: string;
}

/** What is to be charged; `amount` in minor units. */
export interface ChargeOrder extends PaymentKey {
  amount: number;
  currencyCode: string;
  /** What the provider's own form or terminal gave the client for the card; null for cash. */
  token: string | null;
}

/** The payer says that the second step is done. */
export interface Confirmation extends PaymentKey {
  /** What the payer was sent by the bank; null where the step happens elsewhere. */
  code: string | null;
}

export interface RefundOrder extends PaymentKey {
  refundId: string;
  amount: number;
}

/** A payer who asked the bank for the money back; `reference` is the provider's name for it. */
export interface ChargeDispute {
  reference: string;
  status: DisputeStatus;
  reason: string;
}

/** Where a charge stands at the provider. */
export type Charge =
  | { status: 'ACTION_REQUIRED'; reference: string; action: NextAction }
  /** The provider will tell in a notice. */
  | { status: 'PROCESSING'; reference: string }
  | { status: 'AUTHORISED'; reference: string }
  /** With the newest dispute, where there was one. */
  | { status: 'CAPTURED'; reference: string; dispute?: ChargeDispute }
  /** For ever: nothing was taken, and nothing will be. */
  | { status: 'DECLINED' | 'CANCELLED'; reason: DeclineReason };

/** A notice as it came over HTTP. */
export interface RawNotice {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A genuine notice: something happened to a payment. What that was is asked of the provider. */
export interface Notice extends PaymentKey {
  /** The provider's own id of the notice: the same for each attempt to deliver it. */
  id: string;
  /** The provider's own word for what happened. */
  kind: string;
}

/** Thrown for a notice that the provider did not sign. */
export class NoticeRefused extends Error {}

/**
 * Someone who takes money. Every call may be repeated with the same ids and then does nothing new. A call that throws
 * has told nothing: the money may have moved, `lookUp` knows. docs/payment-providers.md is for whoever writes one.
 */
export interface PaymentProvider {
  /** Kept with each payment, so that it is always asked of the provider that took it. */
  readonly name: string;
  /** What new payments it takes; payments it took before can be asked after and refunded all the same. */
  readonly methods: readonly PaymentMethod[];
  /** True for one that asks nobody: it is called inside of the transaction, and its answers are for good. */
  readonly atOnce: boolean;
  /** Reserves the amount. */
  authorise(order: ChargeOrder): Promise<Charge>;
  /** Goes on after the payer's second step. */
  confirm(confirmation: Confirmation): Promise<Charge>;
  /** Takes what was reserved. */
  capture(key: PaymentKey): Promise<Charge>;
  /** Makes sure that nothing will be taken from now on, even by a call still under way; what was captured stays so. */
  cancel(key: PaymentKey): Promise<Charge>;
  /** Where the charge stands; null when the provider never heard of it. */
  lookUp(key: PaymentKey): Promise<Charge | null>;
  /** Gives back part of a captured charge. False: the provider refuses. */
  refund(order: RefundOrder): Promise<boolean>;
  /** Reads a notice; null for one that concerns no payment. Throws NoticeRefused for one that is not the provider's. */
  parseNotice(notice: RawNotice): Notice | null;
}

/** The provider that takes this method; undefined where none does. */
export const providerFor = (
  providers: readonly PaymentProvider[],
  method: PaymentMethod,
): PaymentProvider | undefined => providers.find(({ methods }) => methods.includes(method));

/** The provider that a payment names. */
export function providerNamed(providers: readonly PaymentProvider[], name: string): PaymentProvider {
  const found = providers.find((provider) => provider.name === name);
  if (!found) throw new Error(`There is no provider ${name}.`);
  return found;
}
