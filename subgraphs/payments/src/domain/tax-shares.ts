import type { ChargeLine } from './tariff/charge-line.js';

/** The part of an amount that is taxed at one rate, in minor units. */
export interface TaxShare {
  /** Null: no rate is stated. */
  percent: number | null;
  /** The tax included. */
  amount: number;
  tax: number;
}

/** What the lines come to by rate: a line of tax on top counts to its own rate. */
export function sharesOfLines(lines: readonly Pick<ChargeLine, 'amount' | 'taxPercent'>[]): TaxShare[] {
  const byRate = Map.groupBy(lines, ({ taxPercent }) => taxPercent ?? null);
  return [...byRate].map(([percent, taxed]) => {
    const amount = taxed.reduce((sum, line) => sum + line.amount, 0);
    return { percent, amount, tax: percent === null ? 0 : Math.round((amount * percent) / (100 + percent)) };
  });
}

/**
 * A part of a whole, by rate: `amount` and the `tax` in it are split as the whole is, to the minor unit, so that the
 * shares add up to both. A whole that tells nothing leaves one share without a rate.
 */
export const shareOut = (whole: readonly TaxShare[], part: Taxed): TaxShare[] =>
  sharesUpTo(whole, part).filter(isSomething);

/**
 * The same of the part that comes next after `before`: what it and all before it contain, less what all before it did.
 * However a whole is cut, its parts together have exactly its rates.
 */
export function shareOutNext(whole: readonly TaxShare[], before: Taxed, part: Taxed): TaxShare[] {
  const had = sharesUpTo(whole, before);
  const has = sharesUpTo(whole, { amount: before.amount + part.amount, tax: before.tax + part.tax });
  return has
    .map(({ percent, amount, tax }, index) => ({
      percent,
      amount: amount - had[index]!.amount,
      tax: tax - had[index]!.tax,
    }))
    .filter(isSomething);
}

/** An amount and the tax in it, in minor units. */
type Taxed = Pick<TaxShare, 'amount' | 'tax'>;

function sharesUpTo(whole: readonly TaxShare[], { amount, tax }: Taxed): TaxShare[] {
  if (whole.every((share) => share.amount === 0)) return [{ percent: null, amount, tax }];
  const weights = (column: 'amount' | 'tax') => whole.map((share) => share[column]);
  const amounts = apportion(amount, weights('amount'));
  const taxes = apportion(tax, weights('tax'));
  return whole.map(({ percent }, index) => ({ percent, amount: amounts[index]!, tax: taxes[index]! }));
}

const isSomething = ({ amount, tax }: TaxShare): boolean => amount !== 0 || tax !== 0;

/**
 * Splits a whole number in proportion to whole weights: each takes its part of what those before it left. Of more nobody
 * gets less, as they would where the largest remainders are rounded up, unless weights are negative.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  let left = total;
  let weighs = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight, index) => {
    const isLast = index === weights.length - 1;
    const share = isLast ? left : weighs === 0 ? weight : Math.round((left * weight) / weighs);
    left -= share;
    weighs -= weight;
    return share;
  });
}
