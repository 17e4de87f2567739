import type { ChargeLine } from './tariff/charge-line.js';
import { taxOf } from './tariff/taxes.js';
import type { Tax } from './tariff/tariff-rules.js';
import type { TaxShare } from './tax-shares.js';

export const VALIDATION_KINDS = ['PERCENT', 'AMOUNT', 'FREE_TIME'] as const;
export type ValidationKind = (typeof VALIDATION_KINDS)[number];

/** What a merchant takes off: percent, minor units or minutes. */
export interface ValidationWorth {
  kind: ValidationKind;
  value: number;
}

/** What a merchant may still give, in minor units; null: no limit. */
export interface MerchantLimits {
  perTicket: number | null;
  leftThisMonth: number | null;
}

/**
 * The most that a validation may take off. This much is set aside of the month until the stay is settled. Null: no limit;
 * 0 or less: nothing is left of the month.
 */
export function mostOf(
  { kind, value }: ValidationWorth,
  { perTicket, leftThisMonth }: MerchantLimits,
): number | null {
  const bounds = [perTicket, leftThisMonth, kind === 'AMOUNT' ? value : null];
  const known = bounds.filter((bound) => bound !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** What a validation took off, by the line of the charge that names it; minor units, not negative. */
export const takenOff = (
  lines: readonly Pick<ChargeLine, 'rule' | 'name' | 'amount'>[],
  name: string,
): number =>
  Math.max(0, 0 - (lines.find((line) => line.rule === 'DISCOUNT' && line.name === name)?.amount ?? 0));

/** What the merchant owes for it: the tax included, or on top where prices do not contain it. */
export function owedFor(amount: number, tax: Tax | null): TaxShare {
  if (!tax) return { percent: null, amount, tax: 0 };
  const part = taxOf(tax, amount);
  return { percent: tax.percent, amount: tax.included ? amount : amount + part, tax: part };
}
