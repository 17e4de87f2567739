import { isCurrencyCode, toDecimal } from '@plaza/platform/money';
import { z } from 'zod';
import { DAY_KINDS, type TariffRules } from '../domain/tariff/tariff-rules.js';

/** The largest amount, in minor units: keeps every sum a safe integer, however long a car is forgotten. */
const LARGEST_AMOUNT = 100_000_000;
const MOST_BANDS = 16;
const MOST_OF_A_KIND = 64;
const MOST_HOLIDAYS = 400;
const DAY = 1440;
const YEAR = 366 * DAY;

export const WINDOW_FROM = 'From "00:00" to "23:59" on the clock of the location.';
export const WINDOW_TO = 'From "00:01" to "24:00" on the clock of the location.';

/** Whatever is wrong with a value, one sentence says what it may be. */
const whole = (least: number, most: number, says: string) => z.int(says).min(least, says).max(most, says);
const real = (least: number, most: number, says: string) => z.number(says).min(least, says).max(most, says);

function minutes(least: number, most: number) {
  const days = most > DAY ? ` (${most / DAY} days)` : '';
  return whole(least, most, `From ${least} to ${most} whole minutes${days}.`);
}

function text(most: number, what: string) {
  const says = `A ${what} has 1 to ${most} characters and is not blank.`;
  return z.string(says).max(most, says).regex(/\S/, says);
}

const list = <Entry extends z.ZodType>(entry: Entry, most: number, what: string) =>
  z.array(entry).max(most, `At most ${most} ${what}.`);

const oneOf = <const Value extends string>(values: readonly Value[]) =>
  z.enum(values, `One of ${values.join(', ')}.`);

const PERCENT = 'From 0 to 100 percent, with at most 3 decimals.';
const percent = real(0, 100, PERCENT).refine(
  (value) => Number.isInteger(Math.round(value * 1e6) / 1e3),
  PERCENT,
);
const factor = real(0, 100, 'A factor from 0 to 100: 1 is the listed price.');
const share = real(0, 1, 'A share of the places from 0 to 1: 0.8 is 80 percent.');
const minorUnits = whole(1, 100_000, 'From 1 to 100000 whole minor units of the currency.');

const window = z.strictObject({
  days: list(oneOf(DAY_KINDS), DAY_KINDS.length, 'kinds of days'),
  from: whole(0, DAY - 1, WINDOW_FROM),
  to: whole(1, DAY, WINDOW_TO),
});
const windows = list(window, MOST_OF_A_KIND, 'windows');

function shape(currencyCode: string) {
  const amount = whole(0, LARGEST_AMOUNT, amountLimit(currencyCode));
  const step = z.strictObject({
    upTo: minutes(1, YEAR).nullable(),
    minutes: minutes(1, YEAR).nullable(),
    price: amount,
    prorated: z.boolean(),
  });
  const band = z.strictObject({
    name: text(60, 'name'),
    windows,
    entered: windows,
    steps: list(step, MOST_OF_A_KIND, 'steps'),
    restart: oneOf(['NEVER', 'HOURS_24', 'DAY', 'BAND']),
    atEnd: oneOf(['CUT', 'RUN_ON']),
  });
  const cap = z.strictObject({
    amount,
    per: oneOf(['STAY', 'HOURS_24', 'DAYS_7', 'DAY', 'WEEK', 'BAND']),
    bands: list(z.string(), MOST_BANDS, 'bands'),
    only: z
      .strictObject({ nth: whole(1, 366, 'Spans are counted from 1 to 366.'), repeating: z.boolean() })
      .nullable(),
  });
  const item = z.strictObject({
    code: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{0,39}$/, '1 to 40 capital letters, digits and underscores, a letter first.'),
    name: text(60, 'name'),
    unit: text(20, 'unit'),
    price: amount,
    step: real(0, 10_000, 'From 0 to 10000 of the item’s units; 0 rounds nothing.'),
    taxPercent: percent.nullable(),
  });
  const penalty = z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('MULTIPLIER'),
      factor: real(1, 100, 'A factor from 1 to 100: 1 is the ordinary price.'),
    }),
    z.strictObject({ kind: z.literal('PERIODS'), minutes: minutes(1, YEAR), price: amount }),
  ]);
  return z.strictObject({
    currencyCode: z.string().refine(isCurrencyCode, 'An ISO 4217 code such as "EUR".'),
    bands: list(band, MOST_BANDS, 'bands').min(1, 'A tariff has at least one band.'),
    overlap: oneOf(['FIRST', 'CHEAPEST']),
    caps: list(cap, MOST_OF_A_KIND, 'caps'),
    graces: z.strictObject({
      entry: minutes(0, DAY),
      beyondEntry: oneOf(['FROM_START', 'FROM_GRACE_END']),
      end: minutes(0, 240),
      exit: minutes(0, 240),
      reentry: minutes(0, DAY),
    }),
    fees: z.strictObject({
      start: amount,
      minimum: amount,
      maximum: amount.nullable(),
      lostTicket: amount.nullable(),
      noShow: amount.nullable(),
    }),
    overstay: z.strictObject({ after: minutes(1, YEAR), grace: minutes(0, DAY), penalty }).nullable(),
    demand: z
      .strictObject({
        levels: list(z.strictObject({ from: share, factor }), MOST_OF_A_KIND, 'levels').min(
          1,
          'Demand needs at least one level.',
        ),
        floor: amount.nullable(),
        ceiling: amount.nullable(),
      })
      .nullable(),
    items: list(item, MOST_OF_A_KIND, 'items'),
    tax: z.strictObject({ percent, included: z.boolean() }).nullable(),
    rounding: z.strictObject({
      mode: oneOf(['HALF_UP', 'HALF_EVEN', 'UP', 'DOWN']),
      unit: minorUnits,
      per: oneOf(['LINE', 'TOTAL']),
      cashUnit: minorUnits,
    }),
    holidays: list(z.iso.date('A date such as "2026-12-25".'), MOST_HOLIDAYS, 'dates'),
    onNewVersion: oneOf(['KEEP', 'SPLIT']),
  });
}

/** What an amount of a currency may be, in a sentence. */
export const amountLimit = (currencyCode: string): string =>
  isCurrencyCode(currencyCode)
    ? `From 0 to ${toDecimal(LARGEST_AMOUNT, currencyCode)} ${currencyCode}, in steps of ${toDecimal(1, currencyCode)}.`
    : `From 0 to ${LARGEST_AMOUNT} minor units.`;

const known = new Map<string, ReturnType<typeof shape>>();

/** The shape in which rules are stored, with its limits: of amounts in this currency. */
export function shapeOfRules(currencyCode: string): z.ZodType<TariffRules> {
  const key = isCurrencyCode(currencyCode) ? currencyCode : '';
  let found = known.get(key);
  if (!found) known.set(key, (found = shape(key)));
  return found;
}
