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

test.each<[string, object]>([
  ['currencyCode', { currencyCode: 'XYZ' }],
  ['bands', { bands: [], caps: [] }],
  ['bands.0.name', { bands: [band({ name: '' })], caps: [] }],
  ['bands.1.name', { bands: [band(), band()] }],
  ['bands.0.steps', { bands: [band({ steps: [step(), step()] })] }],
  ['bands.0.steps', { bands: [band({ steps: [step({ upTo: 60 }), step({ upTo: 60 })] })] }],
  ['bands.0.steps.0.minutes', { bands: [band({ steps: [step({ minutes: 0 })] })] }],
  ['bands.0.steps.0.minutes', { bands: [band({ steps: [step({ minutes: 7.5 })] })] }],
  ['bands.0.steps.0.minutes', { bands: [band({ steps: [step({ minutes: null, prorated: true })] })] }],
  ['bands.0.steps.0.price', { bands: [band({ steps: [step({ price: -50 })] })] }],
  ['bands.0.steps.0.price', { bands: [band({ steps: [step({ price: 1e12 })] })] }],
  ['bands.0.windows.0.to', { bands: [band({ windows: [{ ...window, to: 1441 }] })] }],
  ['caps.0.bands.0', { caps: [{ amount: 5, per: 'BAND', bands: ['Night'], only: null }] }],
  ['caps.0.amount', { caps: [{ amount: 0, per: 'DAY', bands: [], only: null }] }],
  ['caps.0.only.nth', { caps: [{ amount: 5, per: 'DAY', bands: [], only: { nth: 0, repeating: false } }] }],
  ['graces.entry', { graces: { ...sound.graces, entry: -1 } }],
  ['graces.exit', { graces: { ...sound.graces, exit: 100_000 } }],
  ['fees.maximum', { fees: { ...sound.fees, minimum: 100, maximum: 50 } }],
  [
    'overstay.penalty.factor',
    { overstay: { after: 60, grace: 0, penalty: { kind: 'MULTIPLIER', factor: 0.5 } } },
  ],
  ['demand.levels.0.from', { demand: { ...sound.demand, levels: [{ from: 80, factor: 2 }] } }],
  ['demand.floor', { demand: { ...sound.demand, floor: 500 } }],
  ['items.1.code', { items: [...sound.items, ...sound.items] }],
  ['tax.percent', { tax: { percent: 101, included: true } }],
  ['tax.percent', { tax: { percent: 7.77777, included: true } }],
  ['rounding.unit', { rounding: { ...sound.rounding, unit: 0 } }],
  ['holidays.0', { holidays: ['2026-02-30'] }],
])('the fault is found at %s: %j', (path, over) => {
  expect(checkRules({ ...sound, ...over })).toEqual({ faults: [{ path, message: expect.any(String) }] });
});

test('every fault is told at once', () => {
  const graces = { ...sound.graces, entry: 1.5, exit: -3 };
  expect(checkRules({ ...sound, graces })).toMatchObject({
    faults: [{ path: 'graces.entry' }, { path: 'graces.exit' }],
  });
});
