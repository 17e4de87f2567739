import type { Item, Rounding } from './tariff-rules.js';

/** Takes away what binary fractions add: 2.675 * 100 is meant to be 267.5. */
const exact = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** An amount as a multiple of the rounding's unit, both in minor units. */
export function round(amount: number, { mode, unit }: Pick<Rounding, 'mode' | 'unit'>): number {
  const units = exact(amount / unit);
  const [down, rest] = [Math.floor(units), exact(units - Math.floor(units))];
  const up =
    mode === 'UP'
      ? rest > 0
      : mode === 'DOWN'
        ? false
        : rest > 0.5 || (rest === 0.5 && (mode === 'HALF_UP' || down % 2 !== 0));
  return (up ? down + 1 : down) * unit;
}

/** What is asked when `due` is paid in cash, minor units. */
export const inCash = ({ cashUnit }: Rounding, due: number): number =>
  round(due, { mode: 'HALF_UP', unit: cashUnit });

/** A quantity as a multiple of the item's step, which may be a part without end such as a sixtieth of an hour. */
export const roundedUp = (quantity: number, { step }: Item): number =>
  step === 0 ? quantity : Math.round(Math.ceil(exact(quantity / step)) * step * 1e9) / 1e9;
