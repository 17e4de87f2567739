import { isCurrencyCode } from '@plaza/platform/money';
import { z } from 'zod';
import { DAY_KINDS, type RuleFault, type TariffRules } from '../domain/tariff/tariff-rules.js';

/** The largest amount, in minor units: keeps every sum a safe integer, however long a car is forgotten. */
const MOST = 100_000_000;
const MOST_BANDS = 16;
const MOST_OF_A_KIND = 64;
const MOST_HOLIDAYS = 400;
const YEAR = 366 * 1440;

const name = z.string().min(1, 'Give it a name.').max(60, 'At most 60 characters.');

const amount = z
  .int('An amount is in whole minor units.')
  .min(0, 'Cannot be negative.')
  .max(MOST, 'Too large.');

const minutes = (least: number, most: number) =>
  z.int('Whole minutes only.').min(least, `At least ${least}.`).max(most, `At most ${most}.`);

const percent = z
  .number()
  .min(0, 'Cannot be negative.')
  .max(100, 'At most 100.')
  .refine((value) => Number.isInteger(Math.round(value * 1e6) / 1e3), 'At most 3 decimals.');

const factor = z.number().min(0, 'Cannot be negative.').max(100, 'At most 100.');

const window = z.strictObject({
  days: z.array(z.enum(DAY_KINDS)).max(DAY_KINDS.length, 'Each kind of day once.'),
  from: minutes(0, 1439),
  to: minutes(1, 1440),
});
const windows = z.array(window).max(MOST_OF_A_KIND, `At most ${MOST_OF_A_KIND}.`);

const step = z
  .strictObject({
    upTo: minutes(1, YEAR).nullable(),
    minutes: minutes(1, YEAR).nullable(),
    price: amount,
    prorated: z.boolean(),
  })
  .refine((one) => !one.prorated || one.minutes !== null, {
    path: ['minutes'],
    message: 'A price in proportion needs the time that it is for.',
  });

const band = z.strictObject({
  name,
  windows,
  entered: windows,
  steps: z
    .array(step)
    .max(MOST_OF_A_KIND, `At most ${MOST_OF_A_KIND}.`)
    .refine((steps) => steps.every(({ upTo }, at) => upTo !== null || at === steps.length - 1), {
      message: 'Only the last step may be without an end.',
    })
    .refine((steps) => steps.every(({ upTo }, at) => upTo === null || upTo > (steps[at - 1]?.upTo ?? 0)), {
      message: 'Each step ends later than the one before it.',
    }),
  restart: z.enum(['NEVER', 'HOURS_24', 'DAY', 'BAND']),
  atEnd: z.enum(['CUT', 'RUN_ON']),
});

const cap = z.strictObject({
  amount,
  per: z.enum(['STAY', 'HOURS_24', 'DAYS_7', 'DAY', 'WEEK', 'BAND']),
  bands: z.array(z.string()),
  only: z
    .strictObject({ nth: z.int().min(1, 'Spans are counted from 1.').max(366), repeating: z.boolean() })
    .nullable(),
});

const penalty = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('MULTIPLIER'), factor: factor.min(1, 'At least 1: the ordinary price.') }),
  z.strictObject({ kind: z.literal('PERIODS'), minutes: minutes(1, YEAR), price: amount }),
]);

/** The shape in which rules are stored. */
const tariffRules = z.strictObject({
  currencyCode: z.string().refine(isCurrencyCode, 'Not an ISO 4217 code.'),
  bands: z.array(band).min(1, 'A tariff has at least one band.').max(MOST_BANDS, `At most ${MOST_BANDS}.`),
  overlap: z.enum(['FIRST', 'CHEAPEST']),
  caps: z.array(cap).max(MOST_OF_A_KIND, `At most ${MOST_OF_A_KIND}.`),
  graces: z.strictObject({
    entry: minutes(0, 1440),
    beyondEntry: z.enum(['FROM_START', 'FROM_GRACE_END']),
    end: minutes(0, 240),
    exit: minutes(0, 240),
    reentry: minutes(0, 1440),
  }),
  fees: z.strictObject({
    start: amount,
    minimum: amount,
    maximum: amount.nullable(),
    lostTicket: amount.nullable(),
    noShow: amount.nullable(),
  }),
  overstay: z.strictObject({ after: minutes(1, YEAR), grace: minutes(0, 1440), penalty }).nullable(),
  demand: z
    .strictObject({
      levels: z
        .array(z.strictObject({ from: z.number().min(0).max(1, 'A share from 0 to 1.'), factor }))
        .min(1, 'Demand needs at least one level.')
        .max(MOST_OF_A_KIND),
      floor: amount.nullable(),
      ceiling: amount.nullable(),
    })
    .nullable(),
  items: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'Capital letters, digits and underscores.'),
        name,
        unit: z.string().min(1, 'Say what is counted.').max(20, 'At most 20 characters.'),
        price: amount,
        step: z.number().min(0, 'Cannot be negative.').max(10_000, 'Too large.'),
        taxPercent: percent.nullable(),
      }),
    )
    .max(MOST_OF_A_KIND, `At most ${MOST_OF_A_KIND}.`),
  tax: z.strictObject({ percent, included: z.boolean() }).nullable(),
  rounding: z.strictObject({
    mode: z.enum(['HALF_UP', 'HALF_EVEN', 'UP', 'DOWN']),
    unit: z.int().min(1, 'At least one minor unit.').max(100_000),
    per: z.enum(['LINE', 'TOTAL']),
    cashUnit: z.int().min(1, 'At least one minor unit.').max(100_000),
  }),
  holidays: z
    .array(z.iso.date('A date such as "2026-12-25".'))
    .max(MOST_HOLIDAYS, `At most ${MOST_HOLIDAYS}.`),
  onNewVersion: z.enum(['KEEP', 'SPLIT']),
});

/** The rules when they hold together, or every fault found in them. */
export function checkRules(candidate: unknown): { rules: TariffRules } | { faults: RuleFault[] } {
  const checked = tariffRules.safeParse(candidate);
  if (!checked.success) {
    return { faults: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
  }
  const faults = contradictions(checked.data);
  return faults.length > 0 ? { faults } : { rules: checked.data };
}

/** What is well-formed and still can't be meant. */
function contradictions({ bands, caps, fees, demand, items }: TariffRules): RuleFault[] {
  const faults: RuleFault[] = [];
  const names = bands.map((one) => one.name);
  const repeated = (all: readonly string[], path: string, field: string) =>
    all.forEach((one, at) => {
      if (all.indexOf(one) < at)
        faults.push({ path: `${path}.${at}.${field}`, message: `There are two named ${one}.` });
    });
  repeated(names, 'bands', 'name');
  repeated(
    items.map(({ code }) => code),
    'items',
    'code',
  );
  caps.forEach((one, at) =>
    one.bands.forEach((named, place) => {
      if (!names.includes(named)) {
        faults.push({ path: `caps.${at}.bands.${place}`, message: `No band is named ${named}.` });
      }
    }),
  );
  caps.forEach(({ amount: most, only }, at) => {
    if (most === 0 && only === null) {
      faults.push({
        path: `caps.${at}.amount`,
        message: 'A cap of nothing makes parking free: set the prices to 0 instead.',
      });
    }
  });
  if (fees.maximum !== null && fees.maximum < fees.minimum) {
    faults.push({ path: 'fees.maximum', message: 'The maximum is lower than the minimum.' });
  }
  if (demand && demand.floor !== null && demand.ceiling !== null && demand.floor > demand.ceiling) {
    faults.push({ path: 'demand.floor', message: 'The floor is higher than the ceiling.' });
  }
  return faults;
}
