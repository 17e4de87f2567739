import { isCurrencyCode } from '@plaza/platform/money';
import { z } from 'zod';

/** The largest price or cap, in minor units: keeps every sum a safe integer, however long a car is forgotten. */
const MOST = 1_000_000_000;

const amount = z.int('An amount is in whole minor units.').min(0, 'Cannot be negative.').max(MOST, 'Too large.');

const minutes = (least: number, most: number) =>
  z.int('Whole minutes only.').min(least, `At least ${least}.`).max(most, `At most ${most}.`);

/** What a tariff version says. Amounts are minor units of `currencyCode`. Stored for ever as it was published. */
export const tariffRules = z.strictObject({
  currencyCode: z.string().refine(isCurrencyCode, 'Not an ISO 4217 code.'),
  /** Leave within these minutes of entering and pay nothing; stay longer and pay from minute 0. */
  freeMinutes: minutes(0, 1440),
  /** Every started period of `minutes` costs `price`. */
  increment: z.strictObject({ minutes: minutes(1, 1440), price: amount }),
  /** The most that any 24 hours, counted from the entry, can cost; null: no limit. */
  dailyCap: amount.min(1, 'A cap of nothing makes parking free: leave the price at 0 instead.').nullable(),
  /** How long after a payment the driver may take to leave without paying more. */
  exitGraceMinutes: minutes(0, 240),
  /** The tax that prices contain, in percent with at most 3 decimals; null: none is shown. */
  taxPercent: z
    .number()
    .min(0, 'Cannot be negative.')
    .max(100, 'At most 100.')
    .refine((percent) => Number.isInteger(Math.round(percent * 1e6) / 1e3), 'At most 3 decimals.')
    .nullable(),
});
export type TariffRules = z.infer<typeof tariffRules>;

/** One thing that is wrong with a tariff: `path` names the rule, e.g. "increment.minutes". */
export interface RuleFault {
  path: string;
  message: string;
}

/** The rules when they hold together, or every fault found in them. */
export function checkRules(candidate: unknown): { rules: TariffRules } | { faults: RuleFault[] } {
  const checked = tariffRules.safeParse(candidate);
  if (!checked.success) {
    return { faults: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
  }
  const { dailyCap, increment } = checked.data;
  if (dailyCap !== null && dailyCap < increment.price) {
    return { faults: [{ path: 'dailyCap', message: 'The daily maximum is lower than the price of one period.' }] };
  }
  return { rules: checked.data };
}
