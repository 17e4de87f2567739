import { chargeStay, type ChargeLine } from './charge.js';
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
  /** Taken off the subtotal: what a refund gave back is not owed again. */
  discount: number;
  /** subtotal - discount, tax included. */
  total: number;
  /** The tax that `total` contains; null where the tariff states none. */
  tax: number | null;
  /** Payments less refunds. */
  paid: number;
  due: number;
  /** The last instant at which `due` is still this; null: it never changes. */
  validUntil: Date | null;
}

/** Quotes a stay under the rules in force when it began; a location without a tariff (null) is free of charge. */
export function quoteStay(rules: TariffRules | null, currencyCode: string, stay: PricedStay): Quote {
  const grace = rules && graceAfterPayment(rules, stay);
  const charge = rules
    ? chargeStay(rules, stay.enteredAt, grace?.from ?? stay.at)
    : { lines: [], amount: 0, sameUntil: null };
  const discount = Math.min(stay.refunded, charge.amount);
  const total = charge.amount - discount;
  const paid = stay.received - stay.refunded;
  return {
    currencyCode,
    lines: charge.lines,
    subtotal: charge.amount,
    discount,
    total,
    tax: rules && taxIn(rules, total),
    paid,
    due: Math.max(0, total - paid),
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
