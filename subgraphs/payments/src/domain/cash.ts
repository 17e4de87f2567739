import { inCash } from './tariff/rounding.js';
import type { Rounding } from './tariff/tariff-rules.js';

/** A payment in coins and notes; minor units. */
export interface CashAsked {
  /** What it pays of the stay. */
  amount: number;
  /** What coins add to that, or take off. `amount + rounding` is handed over. */
  rounding: number;
}

/**
 * What to ask for in cash when `due` is to be paid, or `part` of it. All that is due is rounded to the coins there are, and
 * may be named either way. Null: the part can't be handed over in these coins.
 */
export function askCash(rounding: Rounding, due: number, part: number | null): CashAsked | null {
  const whole = inCash(rounding, due);
  if (part === null || part === due || part === whole) return { amount: due, rounding: whole - due };
  return part % rounding.cashUnit === 0 ? { amount: part, rounding: 0 } : null;
}
