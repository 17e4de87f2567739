import { isCurrencyCode } from '@plaza/platform/money';
import { z } from 'zod';
import type { RuleFault, TariffRules } from '../domain/tariff/tariff-rules.js';

/** The largest price or cap, in minor units: keeps every sum a safe integer, however long a car is forgotten. */
const MOST = 100_000_000;

const amount = z
  .int('An amount is in whole minor units.')
  .min(0, 'Cannot be negative.')
  .max(MOST, 'Too large.');

const minutes = (least: number, most: number) =>
  z.int('Whole minutes only.').min(least, `At least ${least}.`).max(most, `At most ${most}.`);

/** The shape in which rules are stored. */
const tariffRules = z.strictObject({
  currencyCode: z.string().refine(isCurrencyCode, 'Not an ISO 4217 code.'),
  freeMinutes: minutes(0, 1440),
  increment: z.strictObject({ minutes: minutes(1, 1440), price: amount }),
  dailyCap: amount.min(1, 'A cap of nothing makes parking free: leave the price at 0 instead.').nullable(),
  exitGraceMinutes: minutes(0, 240),
  taxPercent: z
    .number()
    .min(0, 'Cannot be negative.')
    .max(100, 'At most 100.')
    .refine((percent) => Number.isInteger(Math.round(percent * 1e6) / 1e3), 'At most 3 decimals.')
    .nullable(),
});
/** The rules when they hold together, or every fault found in them. */
export function checkRules(candidate: unknown): { rules: TariffRules } | { faults: RuleFault[] } {
  const checked = tariffRules.safeParse(candidate);
  if (!checked.success) {
    return { faults: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
  }
  const { dailyCap, increment } = checked.data;
  if (dailyCap !== null && dailyCap < increment.price) {
    return {
      faults: [{ path: 'dailyCap', message: 'The daily maximum is lower than the price of one period.' }],
    };
  }
  return { rules: checked.data };
}
