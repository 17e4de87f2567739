import fc from 'fast-check';
import { type Band, type Step, type TariffRules, UNSAID } from '../../tariff/tariff-rules.js';

// Tariffs of which nothing is lost. Prices are such that an hour of them has at most four decimals.

const PERIODS = [5, 6, 10, 12, 15, 20, 30, 60, 120];
const graces = { ...UNSAID.graces, exit: 0 };

const period = fc.constantFrom(...PERIODS);
/** A length of time that divides into whole prices of an hour: multiples of five minutes. */
const length = fc.integer({ min: 1, max: 48 }).map((fives) => fives * 5);

const paid = (proportions: boolean): fc.Arbitrary<Step> =>
  fc
    .record({
      kind: fc.constantFrom('ONCE' as const, 'PERIODS' as const, ...(proportions ? ['TIME' as const] : [])),
      minutes: period,
      periods: fc.integer({ min: 1, max: 8 }),
      cents: fc.integer({ min: 1, max: 90 }),
      length,
    })
    .map(({ kind, minutes, periods, cents, length }) => {
      if (kind === 'PERIODS')
        return { upTo: periods * minutes, minutes, price: cents * minutes, prorated: false };
      if (kind === 'TIME') return { upTo: length, minutes: 60, price: cents * 7, prorated: true };
      return { upTo: length, minutes: null, price: cents * (length / 5), prorated: false };
    });

const free = length.map((upTo): Step => ({ upTo, minutes: null, price: 0, prorated: false }));

/** Steps whose `upTo` is first their own length, then made absolute. */
const steps = (proportions: boolean): fc.Arbitrary<Step[]> =>
  fc
    .tuple(
      fc.array(fc.oneof({ weight: 4, arbitrary: paid(proportions) }, { weight: 1, arbitrary: free }), {
        maxLength: 4,
      }),
      paid(proportions),
      fc.boolean(),
    )
    .map(([before, last, isEndless]) => {
      let from = 0;
      const all = [...before, last].map((step) => {
        from += step.upTo ?? 0;
        return { ...step, upTo: from };
      });
      const end = all.at(-1) as Step;
      const endless = isEndless && end.minutes !== null;
      return [...all.slice(0, -1), endless ? { ...end, upTo: null } : end];
    });

const bandOf = (name: string, own: Partial<Band>): Band => ({
  name,
  windows: [],
  entered: [],
  steps: [],
  restart: 'NEVER',
  atEnd: 'CUT',
  ...own,
});

const time = fc.integer({ min: 0, max: 47 }).map((halves) => halves * 30);
const days = fc.subarray(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const);
const windows = fc
  .record({ days, from: time, to: time })
  .map(({ days, from, to }) => ({ days, from, to: to === 0 ? 1440 : to }));

const tax = fc.option(
  fc.record({ percent: fc.constantFrom(0, 5.2, 7.7, 10, 19, 21), included: fc.boolean() }),
  { nil: null },
);
const amount = fc.integer({ min: 1, max: 3000 });

/** Start fee and minimum only where every stay costs something. */
const fees = (alwaysPaid: boolean, noShow: boolean): fc.Arbitrary<TariffRules['fees']> =>
  fc
    .record({
      start: fc.constantFrom(0, 0, 70),
      minimum: fc.constantFrom(0, 0, 150),
      maximum: fc.option(
        amount.map((cents) => cents + 150),
        { nil: null },
      ),
      noShow: fc.option(amount, { nil: null }),
    })
    .map((some) => ({
      ...UNSAID.fees,
      start: alwaysPaid ? some.start : 0,
      minimum: alwaysPaid ? some.minimum : 0,
      maximum: some.maximum,
      noShow: noShow ? some.noShow : null,
    }));

const energy = fc.record({
  code: fc.constant('ENERGY'),
  name: fc.constant('Energy'),
  unit: fc.constant('kWh'),
  price: fc.integer({ min: 1, max: 90 }),
  step: fc.constantFrom(0, 0.1, 0.5),
  taxPercent: fc.constantFrom(null, 10),
});

const priceList = (proportions: boolean, noShow: boolean): fc.Arbitrary<TariffRules> =>
  steps(proportions).chain((own) =>
    fc.record({ tax, fees: fees((own[0]?.price ?? 0) > 0, noShow) }).map((some) => ({
      ...UNSAID,
      ...some,
      graces,
      currencyCode: 'EUR',
      bands: [bandOf('Parking', { steps: own })],
    })),
  );

/** One price list that always applies, with energy. */
const ocpiPriceList: fc.Arbitrary<TariffRules> = fc
  .tuple(priceList(true, true), fc.array(energy, { maxLength: 1 }))
  .map(([rules, sold]) => ({
    ...rules,
    items: sold.map((item) => ({ ...item, taxPercent: rules.tax ? item.taxPercent : null })),
  }));

/** Prices in proportion at some hours, all different, perhaps after free minutes; the first band that applies counts. */
const ocpiHours: fc.Arbitrary<TariffRules> = fc
  .tuple(
    fc.uniqueArray(
      fc.tuple(fc.array(windows, { minLength: 1, maxLength: 2 }), fc.integer({ min: 0, max: 400 })),
      {
        minLength: 1,
        maxLength: 4,
        selector: ([, price]) => price,
      },
    ),
    tax,
    fc.constantFrom(0, 0, 20),
  )
  .map(([hours, tax, entry]) => ({
    ...UNSAID,
    tax,
    graces: { ...graces, entry, beyondEntry: entry > 0 ? ('FROM_GRACE_END' as const) : graces.beyondEntry },
    currencyCode: 'EUR',
    bands: hours.map(([own, price], number) =>
      bandOf(`Hours ${number}`, {
        windows: own,
        steps: [{ upTo: null, minutes: 60, price, prorated: true }],
      }),
    ),
  }));

export const ocpiExpressible: fc.Arbitrary<TariffRules> = fc.oneof(ocpiPriceList, ocpiHours);

/** One price list that begins anew each midnight, with a most of the day. */
const apdsDays: fc.Arbitrary<TariffRules> = fc.tuple(steps(false), tax, amount).map(([own, tax, most]) => ({
  ...UNSAID,
  tax,
  graces,
  currencyCode: 'EUR',
  bands: [bandOf('Day', { steps: own, restart: 'DAY' })],
  caps: [{ amount: most, per: 'DAY', bands: [], only: null }],
}));

/** Prices at the hours of weekdays and of the weekend, which do not overlap, each with its most. */
const apdsHours: fc.Arbitrary<TariffRules> = fc
  .tuple(fc.array(fc.tuple(period, amount, amount), { minLength: 2, maxLength: 2 }), time, tax)
  .map(([lists, turn, tax]) => ({
    ...UNSAID,
    tax,
    graces,
    currencyCode: 'EUR',
    bands: lists.map(([minutes, price], number) =>
      bandOf(`Hours ${number}`, {
        windows: [
          number === 0
            ? { days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: turn, to: turn === 0 ? 1440 : turn }
            : { days: ['SUN'], from: turn === 0 ? 0 : turn, to: 1440 },
        ],
        steps: [{ upTo: null, minutes, price, prorated: false }],
        restart: 'DAY',
      }),
    ),
    caps: lists.map(([, , most], number) => ({
      amount: most,
      per: 'DAY' as const,
      bands: [`Hours ${number}`],
      only: null,
    })),
  }));

export const apdsExpressible: fc.Arbitrary<TariffRules> = fc.oneof(
  priceList(false, false),
  apdsDays,
  apdsHours,
);

/** Stays of up to five days in a year with both changes of the clocks; energy in tenths of a kWh. */
export const anyStay = fc.record({
  begins: fc.integer({ min: 0, max: 365 * 86_400 }),
  seconds: fc.oneof(fc.integer({ min: 0, max: 36_000 }), fc.integer({ min: 0, max: 5 * 86_400 })),
  tenths: fc.integer({ min: 0, max: 800 }),
  noShow: fc.integer({ min: 0, max: 20 }).map((one) => one === 0),
});
