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
export function shareOut(whole: readonly TaxShare[], { amount, tax }: Taxed): TaxShare[] {
  if (whole.every((share) => share.amount === 0)) return [{ percent: null, amount, tax }];
  const weights = (column: 'amount' | 'tax') => whole.map((share) => share[column]);
  const amounts = apportion(amount, weights('amount'));
  const taxes = apportion(tax, weights('tax'));
  return whole
    .map(({ percent }, index) => ({ percent, amount: amounts[index]!, tax: taxes[index]! }))
    .filter(isSomething);
}

/**
 * What the next `amount` of a whole pays by rate, when earlier parts have paid `had`: of each rate its part of what they left
 * of it. So all parts together have exactly the rates of the whole, also of one that has grown between them.
 */
export function shareOutNext(
  whole: readonly TaxShare[],
  had: readonly TaxShare[],
  amount: number,
): TaxShare[] {
  const left = minus(whole, had);
  if (amount === left.reduce((sum, share) => sum + share.amount, 0)) return left.filter(isSomething);
  const open = left.filter((share) => share.amount > 0);
  if (open.length === 0) return [{ percent: null, amount, tax: 0 }];
  const parts = apportion(
    amount,
    open.map((share) => share.amount),
  );
  return open
    .map(({ percent, ...rest }, index) => {
      const part = parts[index]!;
      return { percent, amount: part, tax: Math.round((Math.max(0, rest.tax) * part) / rest.amount) };
    })
    .filter(isSomething);
}

/** What is left of each rate; less than nothing where more was paid than the whole has of it. */
function minus(whole: readonly TaxShare[], had: readonly TaxShare[]): TaxShare[] {
  const percents = new Set([...whole, ...had].map(({ percent }) => percent));
  const of = (shares: readonly TaxShare[], wanted: number | null) =>
    shares.find(({ percent }) => percent === wanted) ?? { amount: 0, tax: 0 };
  return [...percents].map((percent) => {
    const [all, paid] = [of(whole, percent), of(had, percent)];
    return { percent, amount: all.amount - paid.amount, tax: all.tax - paid.tax };
  });
}

/** An amount and the tax in it, in minor units. */
type Taxed = Pick<TaxShare, 'amount' | 'tax'>;

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
