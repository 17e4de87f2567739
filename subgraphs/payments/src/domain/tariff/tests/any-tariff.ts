import fc from 'fast-check';
import { CompiledTariff } from '../compiled-tariff.js';
import {
  DAY_KINDS,
  simpleTariff,
  type Band,
  type Cap,
  type DayKind,
  type Demand,
  type Item,
  type Step,
  type TariffRules,
  type Window,
} from '../tariff-rules.js';

// every piece of the model, combined at random, as a tariff that could be published

const price = fc.integer({ min: 0, max: 3000 });
const anyWindow: fc.Arbitrary<Window> = fc.record({
  days: fc.oneof(
    fc.constant<DayKind[]>([]),
    fc.uniqueArray(fc.constantFrom(...DAY_KINDS), { minLength: 1, maxLength: 5 }),
  ),
  from: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
  to: fc.integer({ min: 1, max: 96 }).map((quarter) => quarter * 15),
});
const windows = fc.oneof(fc.constant<Window[]>([]), fc.array(anyWindow, { minLength: 1, maxLength: 3 }));

/** `whole`: only prices for started periods, so that every amount is whole. */
const anySteps = (whole: boolean): fc.Arbitrary<Step[]> =>
  fc
    .array(
      fc.record({
        length: fc.integer({ min: 1, max: 600 }),
        minutes: fc.option(fc.constantFrom(1, 5, 7, 15, 20, 30, 60, 90, 720, 1440), { freq: 5 }),
        price,
        prorated: whole ? fc.constant(false) : fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .chain((drawn) =>
      fc.boolean().map((endless) => {
        let end = 0;
        return drawn.map(({ length, minutes, price: asked, prorated }, at) => {
          end += length;
          const upTo = endless && at === drawn.length - 1 ? null : end;
          return { upTo, minutes, price: asked, prorated: prorated && minutes !== null };
        });
      }),
    );

const anyBands = (whole: boolean): fc.Arbitrary<Band[]> =>
  fc
    .array(
      fc.record({
        windows,
        entered: fc.oneof(
          { weight: 4, arbitrary: fc.constant<Window[]>([]) },
          { weight: 1, arbitrary: windows },
        ),
        steps: anySteps(whole),
        restart: fc.constantFrom('NEVER' as const, 'HOURS_24' as const, 'DAY' as const, 'BAND' as const),
        atEnd: fc.constantFrom('CUT' as const, 'RUN_ON' as const),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((bands) => bands.map((band, at) => ({ name: `Band ${at}`, ...band })));

const anyCap: fc.Arbitrary<Cap> = fc.record({
  amount: fc.integer({ min: 1, max: 8000 }),
  per: fc.constantFrom(
    'STAY' as const,
    'HOURS_24' as const,
    'DAYS_7' as const,
    'DAY' as const,
    'WEEK' as const,
    'BAND' as const,
  ),
  bands: fc.constantFrom<string[]>([], ['Band 0']),
  only: fc.option(fc.record({ nth: fc.integer({ min: 1, max: 4 }), repeating: fc.boolean() }), { freq: 3 }),
});

interface Drawn {
  whole: boolean;
  /** What of the model is left out: what a property does not hold for. */
  without?: readonly (keyof TariffRules)[];
}

/** A tariff of everything, less what is left out. */
export const anyTariff = ({ whole, without = [] }: Drawn): fc.Arbitrary<TariffRules> =>
  fc
    .record({
      bands: anyBands(whole),
      overlap: fc.constantFrom('FIRST' as const, 'CHEAPEST' as const),
      caps: fc.array(anyCap, { maxLength: 4 }),
      graces: fc.record({
        entry: fc.constantFrom(0, 0, 5, 10, 30),
        beyondEntry: fc.constantFrom('FROM_START' as const, 'FROM_GRACE_END' as const),
        end: fc.constantFrom(0, 0, 5, 15),
        exit: fc.constant(15),
        reentry: fc.constant(60),
      }),
      fees: fc.record({
        start: fc.constantFrom(0, 50),
        minimum: fc.constantFrom(0, 300),
        maximum: fc.constantFrom(null, 5000),
        lostTicket: fc.constantFrom(null, 3000),
        noShow: fc.constantFrom(null, 700),
      }),
      overstay: fc.option(
        fc.record({
          after: fc.integer({ min: 1, max: 2000 }),
          grace: fc.constantFrom(0, 15),
          penalty: fc.oneof(
            fc.record({ kind: fc.constant('MULTIPLIER' as const), factor: fc.constantFrom(1, 1.5, 3) }),
            fc.record({ kind: fc.constant('PERIODS' as const), minutes: fc.constantFrom(15, 60), price }),
          ),
        }),
      ),
      demand: fc.option(
        fc.record({
          levels: fc.constant<Demand['levels']>([
            { from: 0.3, factor: 0.8 },
            { from: 0.7, factor: 1.35 },
          ]),
          floor: fc.constantFrom(null, 50),
          ceiling: fc.constantFrom(null, 2000),
        }),
      ),
      items: fc.constant<Item[]>([
        { code: 'EV', name: 'Energy', unit: 'kWh', price: 45, step: 0.1, taxPercent: 10 },
      ]),
      tax: fc.option(fc.record({ percent: fc.constantFrom(0, 7.7, 21), included: fc.boolean() })),
      rounding: fc.record({
        mode: fc.constantFrom('HALF_UP' as const, 'HALF_EVEN' as const, 'UP' as const, 'DOWN' as const),
        unit: fc.constantFrom(1, 1, 5),
        per: fc.constantFrom('LINE' as const, 'TOTAL' as const),
        cashUnit: fc.constant(1),
      }),
      holidays: fc.constant<string[]>(['2026-03-27', '2026-10-26']),
      onNewVersion: fc.constantFrom('KEEP' as const, 'SPLIT' as const),
    })
    .map((drawn) => {
      const none = simpleTariff('EUR', []);
      const left = Object.fromEntries(without.map((key) => [key, none[key]]));
      return { ...none, ...drawn, ...left };
    });

/** A version that begins so many minutes after the entry of a stay: while it is under way, or after it. */
export interface Change {
  after: number;
  tariff: CompiledTariff;
}

/** Changes in the order of time, mostly none. */
export const anyChanges = (whole: boolean): fc.Arbitrary<readonly Change[]> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.integer({ min: 1, max: 3 * 1440 }), anyTariff({ whole })), {
          minLength: 1,
          maxLength: 2,
        })
        .map((changes) =>
          changes
            .toSorted(([one], [other]) => one - other)
            .map(([after, rules]) => ({ after, tariff: new CompiledTariff(rules, 'Europe/Madrid') })),
        ),
    },
  );

/** Entries around the changes of the clocks of 2026 in Madrid, to the millisecond. */
export const anyEntry: fc.Arbitrary<Date> = fc
  .record({
    near: fc.constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-07-01T12:00:00Z'),
    off: fc.integer({ min: -5 * 1440, max: 1440 }),
    odd: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 59_999 }) },
    ),
  })
  .map(({ near, off, odd }) => new Date(Date.parse(near) + off * 60_000 + odd));

/** Minutes of a stay, mostly short; sometimes a fraction. */
export const anyLength: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 240 }),
  fc.integer({ min: 0, max: 10 * 1440 }),
  fc.integer({ min: 0, max: 86_400 }).map((seconds) => seconds / 60),
);
