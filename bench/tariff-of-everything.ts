import {
  type Band,
  type DayKind,
  simpleTariff,
  type TariffRules,
} from '@plaza/payments/domain/tariff/tariff-rules';

const WORKDAYS: DayKind[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];
const each = (minutes: number, price: number, upTo: number | null = null, prorated = false) => ({
  upTo,
  minutes,
  price,
  prorated,
});
const once = (price: number, upTo: number | null = null) => ({ upTo, minutes: null, price, prorated: false });
const band = (name: string, days: DayKind[], from: number, to: number, over: Partial<Band>): Band => ({
  name,
  windows: [{ days, from, to }],
  entered: [],
  steps: [],
  restart: 'NEVER',
  atEnd: 'CUT',
  ...over,
});
const cap = (amount: number, per: TariffRules['caps'][number]['per'], bands: string[] = []) => ({
  amount,
  per,
  bands,
  only: null,
});

/** Every piece of the model at once. */
export const EVERYTHING: TariffRules = simpleTariff('EUR', [], {
  bands: [
    band('Early bird', WORKDAYS, 360, 1140, {
      entered: [{ days: WORKDAYS, from: 360, to: 600 }],
      steps: [once(1400)],
      restart: 'BAND',
    }),
    band('Holiday', ['HOLIDAY', 'SUN'], 0, 1440, { steps: [each(60, 120)] }),
    band('Holiday eve', ['HOLIDAY_EVE'], 1080, 1440, { steps: [each(30, 90)], atEnd: 'RUN_ON' }),
    band('Day', WORKDAYS, 480, 1200, {
      steps: [once(300, 60), each(60, 0, 90), each(20, 80, 240), each(60, 180, null, true)],
      restart: 'DAY',
      atEnd: 'RUN_ON',
    }),
    band('Saturday', ['SAT'], 480, 1200, { steps: [each(15, 60)], restart: 'HOURS_24' }),
    band('Night', [], 1200, 480, { steps: [each(60, 110)], restart: 'BAND' }),
  ],
  overlap: 'CHEAPEST',
  caps: [
    cap(500, 'BAND', ['Night']),
    cap(2200, 'DAY'),
    cap(3500, 'HOURS_24'),
    { ...cap(0, 'HOURS_24'), only: { nth: 7, repeating: true } },
    cap(9000, 'DAYS_7'),
    cap(9000, 'WEEK'),
    cap(20_000, 'STAY'),
  ],
  graces: { entry: 10, beyondEntry: 'FROM_GRACE_END', end: 5, exit: 15, reentry: 20 },
  fees: { start: 50, minimum: 300, maximum: 15_000, lostTicket: 3000, noShow: 1000 },
  overstay: { after: 2880, grace: 15, penalty: { kind: 'MULTIPLIER', factor: 1.5 } },
  demand: {
    levels: [
      { from: 0.5, factor: 1.1 },
      { from: 0.8, factor: 1.25 },
    ],
    floor: 50,
    ceiling: 2000,
  },
  items: [
    { code: 'EV_ENERGY', name: 'Energy', unit: 'kWh', price: 45, step: 0.1, taxPercent: 10 },
    { code: 'WASH', name: 'Car wash', unit: 'piece', price: 1500, step: 1, taxPercent: null },
  ],
  tax: { percent: 21, included: false },
  rounding: { mode: 'HALF_EVEN', unit: 5, per: 'TOTAL', cashUnit: 5 },
  holidays: ['2026-01-01', '2026-01-06', '2026-02-04', '2026-04-03', '2026-05-01', '2026-12-25'],
});
