import type { ChargeLine } from './tariff/charge-line.js';

/** The part of an amount that is taxed at one rate, in minor units. */
export interface TaxShare {
  /** Null: no rate is stated. */
  percent: number | null;
  /** The tax included. */
  amount: number;
  tax: number;
}

/** The shares of what the lines come to, as weights for `shareOut`: a line of tax on top counts to its own rate. */
export function sharesOfLines(lines: readonly Pick<ChargeLine, 'amount' | 'taxPercent'>[]): TaxShare[] {
  const byRate = Map.groupBy(lines, ({ taxPercent }) => taxPercent ?? null);
  return [...byRate].map(([percent, taxed]) => {
    const amount = taxed.reduce((sum, line) => sum + line.amount, 0);
    return { percent, amount, tax: percent === null ? 0 : (amount * percent) / (100 + percent) };
  });
}

/**
 * A part of a whole, by rate: `amount` and the `tax` in it are split as the whole is, to the minor unit, so that the
 * shares add up to both. A whole that tells nothing leaves one share without a rate.
 */
export function shareOut(
  whole: readonly TaxShare[],
  { amount, tax }: { amount: number; tax: number },
): TaxShare[] {
  if (whole.every((share) => share.amount === 0)) return [{ percent: null, amount, tax }];
  const weights = (column: 'amount' | 'tax') => whole.map((share) => share[column]);
  const amounts = apportion(amount, weights('amount'));
  const taxes = apportion(tax, weights('tax'));
  return whole
    .map(({ percent }, index) => ({ percent, amount: amounts[index]!, tax: taxes[index]! }))
    .filter((share) => share.amount !== 0 || share.tax !== 0);
}

/** Splits a whole number in proportion to weights: what rounding leaves goes to those who lost most by it. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight, index) =>
    sum === 0 ? (index === 0 ? total : 0) : (total * weight) / sum,
  );
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((all, share) => all + share, 0);
  const lost = (index: number) => exact[index]! - shares[index]!;
  const byLoss = shares.map((_, index) => index).toSorted((a, b) => lost(b) - lost(a));
  for (const index of byLoss.slice(0, left)) shares[index]! += 1;
  return shares;
}
