import { checkRules } from '../../../use-cases/check-tariff-rules.js';
import { chargeStay } from '../../tariff/charge.js';
import { CompiledTariff } from '../../tariff/compiled-tariff.js';
import type { TariffDraft } from '../exchange.js';
import { importApds } from './import-apds.js';

// The tables follow the public examples of APDS: of its rate line types, and of Geneva's park and ride.

function draftOf(document: unknown): TariffDraft {
  const imported = importApds(document);
  if ('faults' in imported) throw new Error(JSON.stringify(imported.faults));
  expect(checkRules(imported.draft.rules)).toHaveProperty('rules');
  return imported.draft;
}

const collection = (rateLines: object[], over: object = {}) => ({
  collectionSequence: 0,
  applicableCurrency: 'GBP',
  rateLines,
  ...over,
});
const table = (rateLines: object[], over: object = {}, ofCollection: object = {}) => ({
  id: 'RATE_TABLE_ID',
  version: 1,
  rateTableName: [{ language: 'en', string: 'standard day on-street' }],
  availability: 'public',
  rateLineCollections: [collection(rateLines, ofCollection)],
  ...over,
});

/** A Monday in summer, local time. */
const entry = new Date('2026-05-04T09:00:00Z');
const cost = (document: unknown, minutes: number, from = entry): number =>
  chargeStay(new CompiledTariff(draftOf(document).rules, 'UTC'), {
    enteredAt: from,
    at: new Date(from.getTime() + minutes * 60_000),
  }).amount;

const tier = (durationStart: string, durationEnd: string, value: number) => ({
  rateLineType: 'flatRateTier',
  durationStart,
  durationEnd,
  value,
  usageCondition: 'once',
});
const incrementing = (value: number, incrementPeriod: string, over: object = {}) => ({
  rateLineType: 'incrementingRate',
  value,
  incrementPeriod,
  usageCondition: 'unlimited',
  ...over,
});

describe('3.00 for the first half hour, 2.00 for the second, then 1.00 an hour', () => {
  const abbreviated = table([
    tier('00:00', '00:30', 3),
    tier('00:30', '01:00', 2),
    incrementing(1, 'PT1H', { durationStart: '01:00', durationEnd: '07:00' }),
  ]);
  const hours = [1, 2, 3, 4, 5, 6];
  const inTiers = table([
    tier('00:00', '00:30', 3),
    tier('00:30', '01:00', 2),
    ...hours.map((hour) => tier(`0${hour}:00`, `0${hour + 1}:00`, 1)),
  ]);

  test.each([
    [20, 300],
    [31, 500],
    [60, 500],
    [61, 600],
    [200, 800],
    [420, 1100],
  ])('%d minutes cost the same in tiers and in increments', (minutes, amount) => {
    expect(cost(abbreviated, minutes)).toBe(amount);
    expect(cost(inTiers, minutes)).toBe(amount);
  });
});

test('a line with its own most is free from where it is reached', () => {
  const halfHours = table([
    incrementing(1.5, 'PT30M', { durationStart: '00:00', durationEnd: '15:00', maxValue: 7.5 }),
  ]);
  expect([90, 150, 151, 800].map((minutes) => cost(halfHours, minutes))).toEqual([450, 750, 750, 750]);
  expect(draftOf(halfHours).notExpressed).toEqual([]);
});

test('one price for up to eight hours is asked once, and the hours of the table hold', () => {
  const day = table([{ ...tier('00:00', '08:00', 6.5), rateLineType: 'flatRate' }], {
    validity: {
      validityStatus: 'definedByValidityTimeSpec',
      validityTimeSpecification: {
        overallStartTime: '2025-01-01T00:00:00Z',
        validPeriods: [
          { recurringTimePeriodOfDay: [{ startTimeOfPeriod: '08:00', endTimeOfPeriod: '20:00' }] },
        ],
      },
    },
  });
  expect(cost(day, 300)).toBe(650);
  expect(cost(day, 300, new Date('2026-05-04T21:00:00Z'))).toBe(0);
  expect(draftOf(day).effectiveFrom).toEqual(new Date('2025-01-01T00:00:00Z'));
});

test('increments without durations follow each other, and the last one goes on', () => {
  const hourly = table([incrementing(10, 'PT1H'), incrementing(8, 'PT1H'), incrementing(4, 'PT1H')]);
  expect([30, 61, 130, 250].map((minutes) => cost(hourly, minutes))).toEqual([1000, 1800, 2200, 3000]);
  expect(draftOf(hourly).notExpressed.map(({ path }) => path)).toEqual([
    'rateLineCollections.0.rateLines.0',
    'rateLineCollections.0.rateLines.1',
  ]);
});

test('a tier with a shorter increment is asked for each, and lines are taken in sequence', () => {
  const geneva = table(
    [
      { sequence: 1, rateLineType: 'flatRate', value: 1, durationStart: '10:00', usageCondition: 'once' },
      {
        sequence: 0,
        rateLineType: 'flatRateTier',
        value: 2,
        durationStart: '00:00',
        durationEnd: '10:00',
        incrementPeriod: 'PT1H',
        usageCondition: 'unlimited',
        maxValue: 20,
      },
    ],
    {},
    { applicableCurrency: 'CHF' },
  );
  expect([90, 600, 601, 1400].map((minutes) => cost(geneva, minutes))).toEqual([400, 2000, 2100, 2100]);
});

test('tables of weekdays, Sundays and holidays are bands; which dates are holidays is to be added', () => {
  const of = (name: string, value: number, period: object) =>
    table([incrementing(value, 'PT1H')], {
      rateTableName: { en: name },
      validity: { validityTimeSpecification: { validPeriods: [period] } },
    });
  const { rules, notExpressed } = draftOf([
    of('holidays', 0, {
      recurringSpecialDay: { intersectWithApplicableDays: false, specialDayType: 'publicHoliday' },
    }),
    of('nights', 1, {
      recurringDayWeekMonthPeriod: { applicableDay: ['friday', 'saturday'] },
      recurringTimePeriodOfDay: [{ startTimeOfPeriod: '22:00', endTimeOfPeriod: '06:00' }],
    }),
  ]);
  expect(rules.bands.map(({ name, windows }) => [name, windows])).toEqual([
    ['holidays', [{ days: ['HOLIDAY'], from: 0, to: 1440 }]],
    [
      'nights',
      [
        { days: ['FRI', 'SAT'], from: 1320, to: 1440 },
        { days: ['FRI', 'SAT'], from: 0, to: 360 },
      ],
    ],
  ]);
  expect(notExpressed).toEqual([
    {
      path: '0.validity.validityTimeSpecification.validPeriods.0.recurringSpecialDay.0',
      says: 'publicHoliday',
      why: expect.stringContaining('holidays'),
    },
  ]);
});

test('a most that begins anew at midnight is a cap of the day', () => {
  const { rules, notExpressed } = draftOf(
    table(
      [incrementing(3, 'PT1H')],
      {},
      { maxValueCollection: 24, resetTime: '00:00', taxIncluded: true, taxRate: 20 },
    ),
  );
  expect(rules).toMatchObject({
    bands: [{ restart: 'DAY' }],
    caps: [{ amount: 2400, per: 'DAY', bands: ['standard day on-street'] }],
    tax: { percent: 20, included: true },
  });
  expect(notExpressed).toEqual([]);
});

test('what has no place is listed with its path in the document', () => {
  const { notExpressed } = draftOf({
    data: [
      table(
        [
          incrementing(3, 'PT1H', { rateLineTax: { taxIncluded: true } }),
          { rateLineType: 'perUnit', value: 0.4 },
        ],
        { availability: 'restricted', validityEnd: '2026-12-31T00:00:00Z' },
        { minTime: 'PT1H', resetTime: '06:00' },
      ),
    ],
  });
  expect(notExpressed.map(({ path }) => path)).toEqual([
    'data.0.availability',
    'data.0.validityEnd',
    'data.0.rateLineCollections.0.minTime',
    'data.0.rateLineCollections.0.rateLines.0.rateLineTax',
    'data.0.rateLineCollections.0.rateLines.0',
    'data.0.rateLineCollections.0.rateLines.1',
    'data.0.rateLineCollections.0.resetTime',
  ]);
});

test('a table in another currency is left out, and listed', () => {
  const { rules, notExpressed } = draftOf([
    table([incrementing(3, 'PT1H')]),
    table([incrementing(3, 'PT1H')], {}, { applicableCurrency: 'EUR' }),
  ]);
  expect(rules.bands).toHaveLength(1);
  expect(notExpressed).toEqual([
    { path: '1.rateLineCollections.0.applicableCurrency', says: 'EUR', why: expect.any(String) },
  ]);
});

test('what is no rate table is refused with the paths of what is wrong', () => {
  expect(importApds({ data: [] })).toEqual({
    faults: [{ path: 'data', message: '1 to 32 rate tables at once.' }],
  });
  expect(importApds([table([{ rateLineType: 'flatRate', value: -1 }], { id: 7 })])).toEqual({
    faults: [
      { path: '0.id', message: 'A text is expected.' },
      { path: '0.rateLineCollections.0.rateLines.0.value', message: 'Cannot be negative.' },
    ],
  });
});
