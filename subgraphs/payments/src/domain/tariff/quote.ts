import type { ChargeLine, Uncharged } from './charge-line.js';
import { chargeNothing } from './charge.js';
import type { CompiledTariff } from './compiled-tariff.js';
import { MINUTE } from './local-time.js';
import { chargeContinued, type ContinuedStay, lastPaymentOf, withinGrace } from './continued.js';
import { inCash } from './rounding.js';

/** The stay to be priced and what was already paid for it. Amounts are minor units. */
export interface PricedStay extends ContinuedStay {
  /** All successful payments, gross. */
  received: number;
  /** What was given back of them. */
  refunded: number;
  /** When the latest successful payment was made; the exit grace counts from it. */
  lastPaidAt: Date | null;
}

/** What a stay costs and what is still to be paid. Amounts are minor units of `currencyCode`. */
export interface Quote {
  currencyCode: string;
  lines: ChargeLine[];
  /** What the stay costs before discounts. */
  subtotal: number;
  /** Taken off the subtotal: discounts, and what a refund gave back of it, which is not owed again. */
  discount: number;
  /** subtotal - discount, tax included. */
  total: number;
  /** The tax that `total` contains; null where the tariff states none. */
  tax: number | null;
  /** Payments less refunds. */
  paid: number;
  /** total - paid; negative where more was paid than the stay costs. */
  balance: number;
  /** The balance, where it is owed. */
  due: number;
  /** The same, rounded to what the tariff says that cash can be paid in. */
  dueInCash: number;
  /** The last instant at which `due` is known to be still this; null: it never changes. */
  validUntil: Date | null;
}

/** Quotes a stay under the rules in force when it began, or says why it costs nothing. */
export function quoteStay(tariff: CompiledTariff | Uncharged, currencyCode: string, stay: PricedStay): Quote {
  const grace = typeof tariff === 'string' ? null : graceAfterPayment(tariff, stay);
  const charge =
    typeof tariff === 'string'
      ? chargeNothing(tariff, stay.enteredAt, stay.at)
      : chargeContinued(tariff, grace ? { ...stay, at: grace.from } : stay);
  // a refund gives back first what was paid too much; only the rest is let off
  const overpaid = Math.max(0, stay.received - charge.amount);
  const letOff = Math.min(Math.max(0, stay.refunded - overpaid), charge.amount);
  const total = charge.amount - letOff;
  const paid = stay.received - stay.refunded;
  const balance = total - paid;
  const due = Math.max(0, balance);
  return {
    currencyCode,
    lines: charge.lines,
    subtotal: charge.amount + charge.discount,
    discount: charge.discount + letOff,
    total,
    tax: taxWithin(charge, total),
    paid,
    balance,
    due,
    dueInCash: typeof tariff === 'string' ? due : inCash(tariff.rules.rounding, due),
    validUntil: charge.sameUntil && grace && grace.to > charge.sameUntil ? grace.to : charge.sameUntil,
  };
}

/** The tax in part of a charge, minor units, half up: each part contains it as the whole does. */
export const taxWithin = (charge: { amount: number; tax: number | null }, part: number): number | null =>
  charge.tax === null || part === charge.amount
    ? charge.tax
    : Math.round((charge.tax * part) / Math.max(1, charge.amount));

/** Within the exit grace the stay costs what it cost at the payment. */
function graceAfterPayment(
  tariff: CompiledTariff,
  { at, lastPaidAt, earlier }: PricedStay,
): { from: Date; to: Date } | null {
  const from = withinGrace(tariff, at, lastPaymentOf(lastPaidAt, earlier));
  return from && { from, to: new Date(from.getTime() + tariff.rules.graces.exit * MINUTE) };
}
