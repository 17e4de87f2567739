import type { TariffRules } from './tariff-rules.js';

/** The tax contained in an amount (minor units, half up); null where the tariff states no tax. */
export function taxIn({ taxPercent }: Pick<TariffRules, 'taxPercent'>, amount: number): number | null {
  if (taxPercent === null) return null;
  // in thousandths of a percent, so that 7.7 % is exact
  const rate = Math.round(taxPercent * 1000);
  return Math.round((amount * rate) / (100_000 + rate));
}
