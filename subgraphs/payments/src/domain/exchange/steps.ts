import type { Step } from '../tariff/tariff-rules.js';

/** What a period costs, as a step asks it. */
export type PeriodPrice = Pick<Step, 'minutes' | 'price' | 'prorated'>;

/** A price for a part of the stay, in minutes since it began. */
export interface PricedSpan {
  from: number;
  /** Null: for ever. */
  to: number | null;
  price: PeriodPrice;
}

export const FREE: PeriodPrice = { minutes: null, price: 0, prorated: false };
const LONGEST = 366 * 1440;
const SCALES = [1, 10, 100, 1000];

/**
 * A price in minor units, perhaps with fractions, for every started period of so many minutes. Where it is not whole it
 * is asked in proportion instead, for an hour or a period so much longer that it is; `exact` then is false.
 */
export function periodPrice(minutes: number, price: number): PeriodPrice & { exact: boolean } {
  if (price === 0) return { ...FREE, exact: true };
  if (Number.isInteger(price)) return { minutes, price, prorated: false, exact: true };
  return { ...inProportion(60, (price * 60) / minutes), exact: false };
}

/** A price in proportion to time; where it is not whole, for a longer period. `exact` is false where that is not enough. */
export function inProportion(minutes: number, price: number): PeriodPrice & { exact: boolean } {
  if (price === 0) return { ...FREE, exact: true };
  const fitting = SCALES.filter((scale) => minutes * scale <= LONGEST);
  const scale = fitting.find((one) => isWhole(price * one)) ?? fitting.at(-1) ?? 1;
  return {
    minutes: minutes * scale,
    price: Math.round(price * scale),
    prorated: true,
    exact: isWhole(price * scale),
  };
}

/** What is left of a price that is almost nothing is not whole: it would become free. */
const isWhole = (amount: number): boolean =>
  Math.round(amount) > 0 && Math.abs(amount - Math.round(amount)) < 1e-6;

/** The steps of a band in which, at each minute, the first span that contains it counts; where none does, time is free. */
export function stepsOf(spans: readonly PricedSpan[]): Step[] {
  const edges = [...new Set([0, ...spans.flatMap(({ from, to }) => (to === null ? [from] : [from, to]))])];
  edges.sort((a, b) => a - b);
  const steps: (Step & { of: PricedSpan | undefined })[] = [];
  edges.forEach((from, at) => {
    const upTo = edges[at + 1] ?? null;
    const of = spans.find((span) => span.from <= from && (span.to === null || span.to > from));
    const last = steps.at(-1);
    if (last && last.of === of) last.upTo = upTo;
    else steps.push({ upTo, ...(of?.price ?? FREE), of });
  });
  // what lies beyond the last step is free in any case
  if (steps.length > 1 && steps.at(-1)?.of === undefined) steps.pop();
  return steps.map(({ upTo, minutes, price, prorated }, at) => {
    const length = upTo === null ? Infinity : upTo - (steps[at - 1]?.upTo ?? 0);
    // a period that the step ends is asked once
    const isOnce = minutes !== null && minutes >= length && !prorated;
    return { upTo, minutes: isOnce ? null : minutes, price, prorated };
  });
}
