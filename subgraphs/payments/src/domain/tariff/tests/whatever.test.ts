import fc from 'fast-check';
import type { Charge, ChargeRule } from '../charge-line.js';
import type { Stay } from '../charge.js';
import { chargeStay } from '../charge.js';
import { CompiledTariff } from '../compiled-tariff.js';
import type { Discount } from '../discount.js';
import type { TariffRules } from '../tariff-rules.js';
import { anyEntry, anyChanges, anyLength, anyTariff } from './any-tariff.js';
import { daily, each, eur, later } from './tariffs.js';

const MILLISECOND = 1 / 60_000;
const OF_TIME: readonly ChargeRule[] = ['INCREMENT', 'TIME', 'FLAT', 'CAP', 'FREE_TIME', 'PERMIT'];
const RUNS = { numRuns: 400 };
const at = (rules: TariffRules, stay: Stay) => chargeStay(new CompiledTariff(rules, 'Europe/Madrid'), stay);
const sum = ({ lines }: Charge) => lines.reduce((all, { amount }) => all + amount, 0);

const cheap = new CompiledTariff(eur([each(30, 40)]), 'Europe/Madrid');
const anyDiscount: fc.Arbitrary<Discount> = fc.record({
  name: fc.constant('Validation'),
  effect: fc.oneof(
    fc.record({ kind: fc.constant('PERCENT' as const), percent: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ kind: fc.constant('AMOUNT' as const), amount: fc.integer({ min: 0, max: 2000 }) }),
    fc.record({ kind: fc.constant('FREE_TIME' as const), minutes: fc.integer({ min: 0, max: 300 }) }),
    fc.constant({ kind: 'TARIFF' as const, tariff: cheap }),
  ),
  most: fc.option(fc.integer({ min: 0, max: 1500 })),
});

/** All that can be said of a stay. */
const anyStay: fc.Arbitrary<Stay> = fc
  .record({
    enteredAt: anyEntry,
    length: anyLength,
    gone: fc.option(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 60 }))),
    occupancy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    permitted: fc.constantFrom([], [daily('08:00-18:00')], [daily('20:00-06:00', 'FRI', 'SAT')]),
    quantity: fc.option(fc.integer({ min: 0, max: 5000 }), { freq: 2 }),
    discounts: fc.array(anyDiscount, { maxLength: 3 }),
    changes: anyChanges(false),
  })
  .map(({ enteredAt, length, gone, quantity, changes, ...beside }) => ({
    enteredAt,
    at: later(enteredAt, length),
    // an absence that is over: of a later one a charge does not know
    away:
      gone && gone[0] + gone[1] <= length
        ? [{ from: later(enteredAt, gone[0]), to: later(enteredAt, gone[0] + gone[1]) }]
        : [],
    items: quantity === null ? [] : [{ code: 'EV', quantity: quantity / 100 }],
    laterVersions: changes.map(({ after, tariff }) => ({ from: later(enteredAt, after), tariff })),
    ...beside,
  }));

/** Not away, nothing bought, no discount. */
const plainly = ({ enteredAt, at: leftAt, occupancy }: Stay): Stay => ({ enteredAt, at: leftAt, occupancy });

describe('whatever the tariff and the stay', () => {
  test('a charge is not negative, in whole minor units, and the sum of its lines', () => {
    fc.assert(
      fc.property(anyTariff({ whole: false }), anyStay, (rules, stay) => {
        const charge = at(rules, stay);
        expect(charge.amount).toBeGreaterThanOrEqual(0);
        expect(charge.discount).toBeGreaterThanOrEqual(0);
        expect(Number.isSafeInteger(charge.amount) && Number.isSafeInteger(charge.discount)).toBe(true);
        expect(sum(charge)).toBe(charge.amount);
        expect(charge.lines.length).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  test('each line is its quantity at its price, rounded, and the price is whole', () => {
    fc.assert(
      fc.property(anyTariff({ whole: false }), anyStay, (rules, stay) => {
        for (const { rule, quantity, unitPrice, amount } of at(rules, stay).lines) {
          expect([rule, Number.isSafeInteger(unitPrice)]).toEqual([rule, true]);
          // the price of a capped day may be half a minor unit off, of each of the days that a line counts
          const off = rule === 'CAP' ? quantity / 2 : 0;
          const apart = Math.abs(quantity * unitPrice - amount);
          expect([rule, apart < off + rules.rounding.unit]).toEqual([rule, true]);
        }
      }),
      RUNS,
    );
  });

  test('its lines of time cover the stay, in the order of their beginnings', () => {
    fc.assert(
      fc.property(anyTariff({ whole: false, without: ['graces'] }), anyStay, (rules, stay) => {
        const { permitted = [], laterVersions = [] } = stay;
        const { lines } = at(rules, { ...plainly(stay), permitted, laterVersions });
        const time = lines.filter(({ rule }) => OF_TIME.includes(rule));
        let covered = stay.enteredAt;
        for (const { from, to } of time) {
          expect(from.getTime()).toBeLessThanOrEqual(covered.getTime());
          if (to > covered) covered = to;
        }
        expect(covered).toEqual(stay.at);
        const begins = time.map(({ from }) => from.getTime());
        expect(begins).toEqual(begins.toSorted((a, b) => a - b));
      }),
      RUNS,
    );
  });

  test('equal stays have equal charges, whatever was charged in between', () => {
    fc.assert(
      fc.property(anyTariff({ whole: false }), anyStay, anyStay, (rules, stay, other) => {
        const tariff = new CompiledTariff(rules, 'Europe/Madrid');
        const first = chargeStay(tariff, stay);
        chargeStay(tariff, other);
        expect(chargeStay(tariff, stay)).toEqual(first);
        expect(at(structuredClone(rules), stay)).toEqual(first);
      }),
      RUNS,
    );
  });

  test('taxes are of their rates, add up to the tax, and are contained in the amount', () => {
    fc.assert(
      fc.property(anyTariff({ whole: false }), anyStay, (rules, stay) => {
        const { tax, taxes, amount, lines } = at(rules, stay);
        if (!rules.tax) return expect([tax, taxes]).toEqual([null, []]);
        const rounding = lines.find(({ rule }) => rule === 'ROUNDING')?.amount ?? 0;
        expect(taxes.reduce((all, part) => all + part.tax, 0)).toBe(tax);
        expect(taxes.reduce((all, part) => all + part.amount, 0)).toBe(amount - rounding);
        for (const part of taxes) {
          const net = part.amount - part.tax;
          expect(Math.abs(net * (part.percent / 100) - part.tax)).toBeLessThanOrEqual(1);
        }
      }),
      RUNS,
    );
  });

  test('a price without tax and the same price with it come to the same', () => {
    // prices that are multiples of 1.00 contain and take on 21 % without a fraction
    const hundreds = anyTariff({
      whole: true,
      without: ['tax', 'demand', 'rounding', 'fees', 'overstay'],
    }).map((rules) => scaled({ ...rules, items: [] }, 100));
    fc.assert(
      fc.property(hundreds, anyStay, (rules, stay) => {
        const without = at({ ...rules, tax: { percent: 21, included: false } }, plainly(stay));
        const within = at({ ...scaled(rules, 1.21), tax: { percent: 21, included: true } }, plainly(stay));
        expect([within.amount, within.tax]).toEqual([without.amount, without.tax]);
      }),
      RUNS,
    );
  });

  test('it costs the same up to sameUntil', () => {
    fc.assert(
      fc.property(
        anyTariff({ whole: false }),
        anyStay,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rules, stay, share) => {
          const { amount, sameUntil } = at(rules, stay);
          const [now, last] = [stay.at.getTime(), (sameUntil ?? later(stay.at, 3 * 1440)).getTime()];
          expect(last).toBeGreaterThanOrEqual(now);
          const between = new Date(now + Math.floor((last - now) * share));
          for (const leaving of [between, new Date(last)])
            expect(at(rules, { ...stay, at: leaving }).amount).toBe(amount);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

/** All amounts that many times. */
function scaled(rules: TariffRules, by: number): TariffRules {
  const times = (amount: number) => Math.round(amount * by);
  return {
    ...rules,
    bands: rules.bands.map((band) => ({
      ...band,
      steps: band.steps.map((step) => ({ ...step, price: times(step.price) })),
    })),
    caps: rules.caps.map((cap) => ({ ...cap, amount: times(cap.amount) })),
  };
}

describe('where the amounts are whole', () => {
  // discounts and absences aside; what is rounded may fall by a cent where lines merge under a cap
  const whole = anyTariff({ whole: true, without: ['rounding'] });

  test('staying longer never costs less, whatever version begins meanwhile', () => {
    fc.assert(
      fc.property(
        whole,
        anyEntry,
        anyLength,
        anyLength,
        anyChanges(true),
        (rules, enteredAt, one, other, changes) => {
          const laterVersions = changes.map(({ after, tariff }) => ({
            from: later(enteredAt, after),
            tariff,
          }));
          const cost = (minutes: number) =>
            at(rules, { enteredAt, at: later(enteredAt, minutes), occupancy: 0.9, laterVersions }).amount;
          expect(cost(Math.min(one, other))).toBeLessThanOrEqual(cost(Math.max(one, other)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('splitting a stay never beats a cap of the calendar', () => {
    const capped = fc.record({
      rules: anyTariff({
        whole: true,
        without: ['rounding', 'fees', 'graces', 'overstay', 'demand', 'caps', 'tax'],
      }),
      cap: fc.integer({ min: 1, max: 4000 }),
      per: fc.constantFrom('DAY' as const, 'WEEK' as const),
    });
    fc.assert(
      fc.property(capped, anyEntry, anyLength, anyLength, ({ rules, cap, per }, enteredAt, one, other) => {
        const dear = { ...rules, caps: [{ amount: cap, per, bands: [], only: null }] };
        const end = later(enteredAt, one + other);
        const asOne = at(dear, { enteredAt, at: end });
        const days = per === 'DAY' ? spansOf(enteredAt, end, 1) : spansOf(enteredAt, end, 7);
        expect(asOne.amount).toBeLessThanOrEqual(days * cap);
      }),
      RUNS,
    );
  });

  // periods that fit the span: one that runs on beyond it would be the next span's gift
  const fitting = fc.oneof(
    fc.record({
      minutes: fc.constantFrom(1, 10, 15, 30, 60, 120, 360, 720, 1440),
      per: fc.constantFrom('STAY' as const, 'HOURS_24' as const, 'DAYS_7' as const),
    }),
    fc.record({ minutes: fc.constant(1), per: fc.constantFrom('DAY' as const, 'WEEK' as const) }),
  );

  test('splitting a stay into several saves nothing: each has a cap of its own', () => {
    const prices = fc.record({
      price: fc.integer({ min: 1, max: 3000 }),
      amount: fc.integer({ min: 1, max: 5000 }),
    });
    const lengths = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fitting, prices, anyEntry, lengths, ({ minutes, per }, { price, amount }, entry, parts) => {
        const rules = eur([each(minutes, price)], { caps: [{ amount, per, bands: [], only: null }] });
        const enteredAt = new Date(Math.floor(entry.getTime() / 60_000) * 60_000);
        const whole = parts.reduce((sum, part) => sum + part, 0);
        const asOne = at(rules, { enteredAt, at: later(enteredAt, whole) }).amount;
        let [from, split] = [enteredAt, 0];
        for (const part of parts) {
          split += at(rules, { enteredAt: from, at: later(from, part) }).amount;
          from = later(from, part);
        }
        expect(split).toBeGreaterThanOrEqual(asOne);
      }),
      RUNS,
    );
  });

  test('a millisecond after sameUntil something is charged where time has one endless price', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1440 }),
        fc.integer({ min: 1, max: 9 }),
        anyEntry,
        anyLength,
        (minutes, price, enteredAt, length) => {
          const rules = eur([each(minutes, price)]);
          const { amount, sameUntil } = at(rules, { enteredAt, at: later(enteredAt, length) });
          expect(at(rules, { enteredAt, at: later(sameUntil as Date, MILLISECOND) }).amount).toBe(
            amount + price,
          );
        },
      ),
      RUNS,
    );
  });
});

/** How many local days of Madrid, or weeks from Monday, a stay touches. */
function spansOf(from: Date, to: Date, days: number): number {
  const dateOf = (instant: Date) =>
    Date.parse(instant.toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })) / 86_400_000;
  const number = (instant: Date) => Math.floor((dateOf(instant) - (days === 7 ? 4 : 0)) / days);
  return number(to > from ? new Date(to.getTime() - 1) : to) - number(from) + 1;
}
