import type { ChargeLine, TaxPart } from './charge-line.js';
import type { Tax } from './tariff-rules.js';

/** The tax of an amount (minor units, half up): contained in it, or to be added. */
export function taxOf({ percent, included }: Tax, amount: number): number {
  // in thousandths of a percent, so that 7.7 % is exact
  const rate = Math.round(percent * 1000);
  return Math.round((amount * rate) / (included ? 100_000 + rate : 100_000));
}

/** The tax of lines whose amounts are whole minor units, by rate. */
export function taxesOf(tax: Tax, lines: readonly ChargeLine[]): TaxPart[] {
  const byRate = Map.groupBy(
    lines.filter(({ taxPercent }) => taxPercent !== null),
    ({ taxPercent }) => taxPercent as number,
  );
  return [...byRate].map(([percent, taxed]) => {
    const amount = taxed.reduce((sum, line) => sum + line.amount, 0);
    const part = taxOf({ ...tax, percent }, amount);
    return { percent, amount: tax.included ? amount : amount + part, tax: part };
  });
}
