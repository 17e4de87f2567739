import { isCurrencyCode } from '@plaza/platform/money';
import { z } from 'zod';
import type { RuleFault } from '../../tariff/tariff-rules.js';
import { faultsOf, type Path } from '../exchange.js';
import { inOwnWords } from '../own-words.js';
import { minutesOfDuration } from './durations.js';

// RateTable of APDS 4.0 as its OpenAPI models write it, with the `validity` that replaced `activeTimes`
const amount = z.number().min(0, 'Cannot be negative.');
const duration = z
  .string()
  .refine((text) => minutesOfDuration(text) !== null, 'A duration such as "PT1H30M" or "01:30".');
const instant = z.iso.datetime({ offset: true });
const timeOfDay = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d(:[0-5]\d)?/, 'A time of day such as "13:30".');
/** One of a thing may be published without its list. */
const listOf = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value == null || Array.isArray(value) ? value : [value]),
    z.array(one).max(200).nullish(),
  );

const texts = z.union([
  z.string(),
  z.array(z.looseObject({ language: z.string(), string: z.string() })),
  z.record(z.string(), z.string()),
]);

const rateLine = z.looseObject({
  sequence: z.int().min(0).nullish(),
  rateLineType: z.enum(['flatRate', 'flatRateTier', 'incrementingRate', 'perUnit']),
  durationStart: duration.nullish(),
  durationEnd: duration.nullish(),
  incrementPeriod: duration.nullish(),
  value: amount,
  minValue: amount.nullish(),
  maxValue: amount.nullish(),
  usageCondition: z.enum(['once', 'unlimited', 'fixedDuration', 'fixedNumber']).nullish(),
});

const rateLineCollection = z.looseObject({
  collectionSequence: z.int().min(0).nullish(),
  applicableCurrency: z.string().refine(isCurrencyCode, 'Not an ISO 4217 code.'),
  minTime: duration.nullish(),
  maxTime: duration.nullish(),
  minValueCollection: amount.nullish(),
  maxValueCollection: amount.nullish(),
  resetTime: timeOfDay.nullish(),
  taxIncluded: z.boolean().nullish(),
  taxRate: z.number().min(0).max(100).nullish(),
  rateLines: z
    .array(rateLine)
    .min(1, 'A collection has at least one rate line.')
    .max(64, 'At most 64 rate lines.'),
});

const period = z.looseObject({
  recurringTimePeriodOfDay: listOf(
    z.looseObject({ startTimeOfPeriod: timeOfDay, endTimeOfPeriod: timeOfDay }),
  ),
  recurringDayWeekMonthPeriod: listOf(
    z.looseObject({
      applicableDay: listOf(
        z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
      ),
    }),
  ),
  recurringSpecialDay: listOf(
    z.looseObject({ specialDayType: z.string(), intersectWithApplicableDays: z.boolean().nullish() }),
  ),
});

const validity = z.looseObject({
  validityTimeSpecification: z
    .looseObject({ overallStartTime: instant.nullish(), validPeriods: listOf(period) })
    .nullish(),
});

const rateTable = z.looseObject({
  id: z.string().min(1),
  rateTableName: texts.nullish(),
  availability: z.string().nullish(),
  validityStart: instant.nullish(),
  validity: validity.nullish(),
  rateLineCollections: z
    .array(rateLineCollection)
    .min(1, 'A rate table has at least one collection.')
    .max(32, 'At most 32 collections.'),
});

const MOST_TABLES = 32;

export interface FoundTable {
  path: Path;
  table: RateTable;
}

/** The rate tables of a document: one, a list of them, or the page of them that the API answers with. */
export function tablesOf(document: unknown): { tables: FoundTable[] } | { faults: RuleFault[] } {
  const { data } = Object(document) as { data?: unknown };
  const [found, within] = Array.isArray(data) ? [data, ['data']] : [document, []];
  const all: unknown[] = Array.isArray(found) ? found : [found];
  if (all.length === 0 || all.length > MOST_TABLES) {
    return { faults: [{ path: within.join('.'), message: `1 to ${MOST_TABLES} rate tables at once.` }] };
  }
  const [tables, faults]: [FoundTable[], RuleFault[]] = [[], []];
  all.forEach((one, number) => {
    const path = Array.isArray(found) ? [...within, number] : [];
    const read = rateTable.safeParse(one, { error: inOwnWords });
    if (read.success) tables.push({ path, table: read.data });
    else faults.push(...faultsOf(read.error, path));
  });
  return faults.length > 0 ? { faults } : { tables };
}

export type RateTable = z.infer<typeof rateTable>;
export type RateLine = z.infer<typeof rateLine>;
export type RateLineCollection = z.infer<typeof rateLineCollection>;
export type ValidPeriod = z.infer<typeof period>;

/** A text of several languages: the English one, or the first. */
export function textOf(said: RateTable['rateTableName']): string | null {
  if (said == null || typeof said === 'string') return said || null;
  const spoken = Array.isArray(said)
    ? said.map(({ language, string }) => [language, string] as const)
    : Object.entries(said);
  return (spoken.find(([language]) => language.startsWith('en')) ?? spoken[0])?.[1] || null;
}
