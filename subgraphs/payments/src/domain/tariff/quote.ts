import { chargeNothing, chargeStay, type ChargeLine, type Uncharged } from './charge.js';
import { taxIn } from './tax.js';
import type { TariffRules } from './tariff-rules.js';

/** The stay to be priced and what was already paid for it. Amounts are minor units. */
export interface PricedStay {
  enteredAt: Date;
  /** The instant of leaving, real or supposed. */
  at: Date;
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
  /** The sum of the lines. */
  subtotal: number;
  /** Taken off the subtotal: what a refund gave back of it is not owed again. */
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
  /** The last instant at which `due` is still this; null: it never changes. */
  validUntil: Date | null;
}

/** Quotes a stay under the rules in force when it began, or says why it costs nothing. */
export function quoteStay(tariff: TariffRules | Uncharged, currencyCode: string, stay: PricedStay): Quote {
  const rules = typeof tariff === 'string' ? null : tariff;
  const grace = rules && graceAfterPayment(rules, stay);
  const charge =
    typeof tariff === 'string'
      ? chargeNothing(tariff, stay.enteredAt, stay.at)
      : chargeStay(tariff, stay.enteredAt, grace?.from ?? stay.at);
  // a refund gives back first what was paid too much; only the rest is let off
  const overpaid = Math.max(0, stay.received - charge.amount);
  const discount = Math.min(Math.max(0, stay.refunded - overpaid), charge.amount);
  const total = charge.amount - discount;
  const paid = stay.received - stay.refunded;
  const balance = total - paid;
  return {
    currencyCode,
    lines: charge.lines,
    subtotal: charge.amount,
    discount,
    total,
    tax: rules && taxIn(rules, total),
    paid,
    balance,
    due: Math.max(0, balance),
    validUntil: charge.sameUntil && grace && grace.to > charge.sameUntil ? grace.to : charge.sameUntil,
  };
}

/** Within the exit grace the stay costs what it cost at the payment. */
function graceAfterPayment(
  rules: TariffRules,
  { at, lastPaidAt }: PricedStay,
): { from: Date; to: Date } | null {
  if (!lastPaidAt || at < lastPaidAt) return null;
  const to = new Date(lastPaidAt.getTime() + rules.exitGraceMinutes * 60_000);
  return at <= to ? { from: lastPaidAt, to } : null;
}
