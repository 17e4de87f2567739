import { simpleTariff, type Band, type Step, type TariffRules } from '../domain/tariff/tariff-rules.js';
import { checkRules } from './check-tariff-rules.js';
import { readRules } from './read-tariff-rules.js';
import { writtenRules } from './write-tariff-rules.js';

const step = (over: Partial<Step> = {}): Step => ({
  upTo: null,
  minutes: 15,
  price: 50,
  prorated: false,
  ...over,
});
const band = (over: Partial<Band> = {}): Band => ({
  ...(simpleTariff('EUR', [step()]).bands[0] as Band),
  ...over,
});
const sound: TariffRules = {
  ...simpleTariff('EUR', [step({ upTo: 60 }), step({ minutes: 60, price: 150, prorated: true })]),
  caps: [
    { amount: 2000, per: 'HOURS_24', bands: ['Parking'], only: null },
    { amount: 0, per: 'HOURS_24', bands: [], only: { nth: 7, repeating: true } },
  ],
  overstay: { after: 600, grace: 5, penalty: { kind: 'PERIODS', minutes: 30, price: 500 } },
  demand: { levels: [{ from: 0.8, factor: 1.5 }], floor: 40, ceiling: 100 },
  items: [{ code: 'EV', name: 'Energy', unit: 'kWh', price: 45, step: 0.5, taxPercent: 10 }],
  tax: { percent: 7.7, included: true },
  holidays: ['2026-12-25'],
};
const window = { days: [], from: 480, to: 1200 };

test('sound rules pass as they are', () => {
  expect(checkRules(sound)).toEqual({ rules: sound });
});

test('rules that are written for a client and read again are the same', () => {
  const all = {
    ...sound,
    bands: [band({ windows: [{ days: ['MON'], from: 0, to: 1440 }], entered: [window] })],
    overstay: { after: 60, grace: 0, penalty: { kind: 'MULTIPLIER' as const, factor: 2 } },
    fees: { start: 10, minimum: 20, maximum: 9000, lostTicket: 2500, noShow: null },
  };
  expect(readRules(writtenRules(all))).toEqual({ rules: all });
  expect(readRules(writtenRules(sound))).toEqual({ rules: sound });
});

const AMOUNT = 'From 0 to 1000000.00 EUR, in steps of 0.01.';
const LONG = 'From 1 to 527040 whole minutes (366 days).';
const NAME = 'A name has 1 to 60 characters and is not blank.';
const PERCENT = 'From 0 to 100 percent, with at most 3 decimals.';
const many = <One>(count: number, one: One) => Array<One>(count).fill(one);
const steps = (...all: Step[]) => ({ bands: [band({ steps: all })], caps: [] });
const capped = (over: object) => ({ caps: [{ amount: 5, per: 'DAY', bands: [], only: null, ...over }] });
const overstay = (penalty: object, after = 60) => ({ overstay: { after, grace: 0, penalty } });
const sold = (over: object) => ({ items: [{ ...sound.items[0], ...over }] });
const demanded = (over: object) => ({ demand: { ...sound.demand, ...over } });

test.each<[string, string, object]>([
  ['currencyCode', 'An ISO 4217 code such as "EUR".', { currencyCode: 'XYZ' }],
  ['bands', 'A tariff has at least one band.', { bands: [], caps: [] }],
  ['bands', 'At most 16 bands.', { bands: many(17, 0).map((_, at) => band({ name: `${at}` })), caps: [] }],
  ['bands.0.name', NAME, { bands: [band({ name: '' })], caps: [] }],
  ['bands.0.name', NAME, { bands: [band({ name: ' \t\u00a0' })], caps: [] }],
  ['bands.0.name', NAME, { bands: [band({ name: 'x'.repeat(61) })], caps: [] }],
  ['bands.1.name', 'There are two named Parking.', { bands: [band(), band()] }],
  ['bands.0.steps', 'At most 64 steps.', steps(...many(65, 0).map((_, at) => step({ upTo: 15 * (at + 1) })))],
  ['bands.0.steps.0.upTo', 'Only the last step may be without an end.', steps(step(), step())],
  [
    'bands.0.steps.1.upTo',
    'A step ends later than the one before it, which ends at 60 minutes.',
    steps(step({ upTo: 60 }), step({ upTo: 60 })),
  ],
  ['bands.0.steps.0.upTo', LONG, steps(step({ upTo: 1e9 }))],
  ['bands.0.steps.0.minutes', LONG, steps(step({ minutes: 0 }))],
  ['bands.0.steps.0.minutes', LONG, steps(step({ minutes: 7.5 }))],
  ['bands.0.steps.0.minutes', LONG, steps(step({ minutes: 1e300 }))],
  ['bands.0.steps.0.minutes', LONG, steps(step({ minutes: NaN }))],
  [
    'bands.0.steps.0.minutes',
    'A price in proportion needs the minutes that it is for.',
    steps(step({ minutes: null, prorated: true })),
  ],
  [
    'bands.0.steps.1.minutes',
    'The step lasts 30 minutes, so that no period of 60 minutes fits: leave it out to ask the price once.',
    steps(step({ upTo: 60 }), step({ upTo: 90, minutes: 60 })),
  ],
  ['bands.0.steps.0.price', AMOUNT, steps(step({ price: -50 }))],
  ['bands.0.steps.0.price', AMOUNT, steps(step({ price: 0.5 }))],
  ['bands.0.steps.0.price', AMOUNT, steps(step({ price: 1e12 }))],
  [
    'bands.0.steps.0.price',
    'From 0 to 100000.000 KWD, in steps of 0.001.',
    { ...steps(step({ price: 1e12 })), currencyCode: 'KWD' },
  ],
  [
    'bands.0.windows.0.from',
    'From "00:00" to "23:59" on the clock of the location.',
    { bands: [band({ windows: [{ ...window, from: 1440 }] })] },
  ],
  [
    'bands.0.windows.0.to',
    'From "00:01" to "24:00" on the clock of the location.',
    { bands: [band({ windows: [{ ...window, to: 1441 }] })] },
  ],
  ['bands.0.entered', 'At most 64 windows.', { bands: [band({ entered: many(65, window) })] }],
  [
    'bands.0.windows.0.days',
    'At most 9 kinds of days.',
    { bands: [band({ windows: [{ ...window, days: many(10, 'MON') }] })] },
  ],
  [
    'bands.0.windows.0.days.0',
    'One of MON, TUE, WED, THU, FRI, SAT, SUN, HOLIDAY, HOLIDAY_EVE.',
    { bands: [band({ windows: [{ ...window, days: ['SOMEDAY' as 'MON'] }] })] },
  ],
  ['caps', 'At most 64 caps.', { caps: many(65, sound.caps[0]) }],
  ['caps.0.bands.0', 'No band is named Night.', capped({ per: 'BAND', bands: ['Night'] })],
  ['caps.0.bands', 'At most 16 bands.', capped({ bands: many(17, 'Parking') })],
  [
    'caps.0.amount',
    'A cap of nothing makes parking free: set the prices to 0 instead.',
    capped({ amount: 0 }),
  ],
  ['caps.0.only.nth', 'Spans are counted from 1 to 366.', capped({ only: { nth: 0, repeating: false } })],
  ['caps.0.only.nth', 'Spans are counted from 1 to 366.', capped({ only: { nth: 367, repeating: false } })],
  ['graces.entry', 'From 0 to 1440 whole minutes.', { graces: { ...sound.graces, entry: -1 } }],
  ['graces.end', 'From 0 to 240 whole minutes.', { graces: { ...sound.graces, end: 241 } }],
  ['graces.exit', 'From 0 to 240 whole minutes.', { graces: { ...sound.graces, exit: 100_000 } }],
  ['graces.reentry', 'From 0 to 1440 whole minutes.', { graces: { ...sound.graces, reentry: 1441 } }],
  [
    'fees.maximum',
    'The maximum is lower than the minimum.',
    { fees: { ...sound.fees, minimum: 100, maximum: 50 } },
  ],
  [
    'overstay.factor',
    'A factor from 1 to 100: 1 is the ordinary price.',
    overstay({ kind: 'MULTIPLIER', factor: 0.5 }),
  ],
  ['overstay.minutes', LONG, overstay({ kind: 'PERIODS', minutes: 0, price: 1 })],
  ['overstay.price', AMOUNT, overstay({ kind: 'PERIODS', minutes: 1, price: -1 })],
  ['overstay.after', LONG, overstay({ kind: 'MULTIPLIER', factor: 2 }, 0)],
  [
    'demand.levels.0.from',
    'A share of the places from 0 to 1: 0.8 is 80 percent.',
    demanded({ levels: [{ from: 80, factor: 2 }] }),
  ],
  [
    'demand.levels.0.factor',
    'A factor from 0 to 100: 1 is the listed price.',
    demanded({ levels: [{ from: 0.8, factor: 101 }] }),
  ],
  ['demand.levels', 'Demand needs at least one level.', demanded({ levels: [] })],
  ['demand.levels', 'At most 64 levels.', demanded({ levels: many(65, { from: 0, factor: 1 }) })],
  ['demand.floor', 'The floor is higher than the ceiling.', demanded({ floor: 500 })],
  [
    'items',
    'At most 64 items.',
    { items: many(65, 0).map((_, at) => ({ ...sound.items[0], code: `A${at}` })) },
  ],
  ['items.1.code', 'There are two named EV.', { items: [...sound.items, ...sound.items] }],
  [
    'items.0.code',
    '1 to 40 capital letters, digits and underscores, a letter first.',
    sold({ code: 'ev energy' }),
  ],
  ['items.0.name', NAME, sold({ name: ' ' })],
  ['items.0.unit', 'A unit has 1 to 20 characters and is not blank.', sold({ unit: ' ' })],
  ['items.0.step', 'From 0 to 10000 of the item’s units; 0 rounds nothing.', sold({ step: -1 })],
  ['items.0.taxPercent', PERCENT, sold({ taxPercent: 101 })],
  ['tax.percent', PERCENT, { tax: { percent: 101, included: true } }],
  ['tax.percent', PERCENT, { tax: { percent: 7.77777, included: true } }],
  [
    'rounding.unit',
    'From 1 to 100000 whole minor units of the currency.',
    { rounding: { ...sound.rounding, unit: 0 } },
  ],
  [
    'rounding.cashUnit',
    'From 1 to 100000 whole minor units of the currency.',
    { rounding: { ...sound.rounding, cashUnit: 1e6 } },
  ],
  ['holidays.0', 'A date such as "2026-12-25".', { holidays: ['2026-02-30'] }],
  ['holidays', 'At most 400 dates.', { holidays: many(401, '2026-12-25') }],
])('the fault at %s is told in our words: %s', (path, message, over) => {
  expect(checkRules({ ...sound, ...over })).toEqual({ faults: [{ path, message }] });
});

test('a step in proportion, or one that is free, may be shorter than its period', () => {
  const short = { upTo: 30, minutes: 60, prorated: true };
  const free = { upTo: 60, minutes: 60, price: 0 };
  const rules = { ...sound, ...steps(step(short), step(free), step()) };
  expect(checkRules(rules)).toEqual({ rules });
});

test('every fault is told at once, whether it was written wrongly or meant wrongly', () => {
  const faulty = readRules({
    currencyCode: 'EUR',
    bands: [
      { name: 'Day', steps: [{ minutes: 30, price: '1,50' }], windows: [{ from: '24:00', to: '25:00' }] },
      { name: 'Day', steps: [{ minutes: 0, price: '1.505' }] },
    ],
    caps: [{ amount: '99999999999999', per: 'DAY', bands: ['Night'] }],
    graces: { entry: -5 },
    fees: { minimum: '5', maximum: '4' },
    overstay: { after: 0 },
    demand: { levels: [{ from: 0.5, factor: 1 }], floor: '2', ceiling: 'much' },
  });
  expect(faulty).toEqual({
    faults: [
      { path: 'bands.0.windows.0.from', message: 'From "00:00" to "23:59" on the clock of the location.' },
      { path: 'bands.0.windows.0.to', message: 'From "00:01" to "24:00" on the clock of the location.' },
      { path: 'bands.0.steps.0.price', message: AMOUNT },
      { path: 'bands.1.steps.0.price', message: AMOUNT },
      { path: 'caps.0.amount', message: AMOUNT },
      { path: 'overstay.factor', message: 'Give either a factor, or minutes and a price.' },
      { path: 'demand.ceiling', message: AMOUNT },
      { path: 'bands.1.steps.0.minutes', message: LONG },
      { path: 'graces.entry', message: 'From 0 to 1440 whole minutes.' },
      { path: 'overstay.after', message: LONG },
      { path: 'bands.1.name', message: 'There are two named Day.' },
      { path: 'caps.0.bands.0', message: 'No band is named Night.' },
      { path: 'fees.maximum', message: 'The maximum is lower than the minimum.' },
    ],
  });
});

test('an unknown currency is one fault, not one of each price', () => {
  const bands = [{ steps: [{ minutes: 30, price: '1.505' }] }];
  expect(readRules({ currencyCode: 'XYZ', bands })).toEqual({
    faults: [{ path: 'currencyCode', message: 'An ISO 4217 code such as "EUR".' }],
  });
});
