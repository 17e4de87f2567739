import fc from 'fast-check';
import { chargeStay, type Stay } from '../charge.js';
import { CompiledTariff } from '../compiled-tariff.js';
import type { TariffRules } from '../tariff-rules.js';
import { anyChanges, anyEntry, anyLength, anyTariff } from './any-tariff.js';
import { cap, each, eur, later } from './tariffs.js';

const RUNS = { numRuns: 400 };
const compiled = (rules: TariffRules) => new CompiledTariff(rules, 'Europe/Madrid');
const cost = (rules: TariffRules, stay: Stay) => chargeStay(compiled(rules), stay).amount;
const split = (rules: TariffRules): TariffRules => ({ ...rules, onNewVersion: 'SPLIT' });
const keep = (rules: TariffRules): TariffRules => ({ ...rules, onNewVersion: 'KEEP' });
const changed = (enteredAt: Date, changes: readonly { after: number; tariff: CompiledTariff }[]) =>
  changes.map(({ after, tariff }) => ({ from: later(enteredAt, after), tariff }));
const wholeMinute = (entry: Date) => new Date(Math.floor(entry.getTime() / 60_000) * 60_000);

describe('whatever version comes next', () => {
  test('a tariff that keeps its version knows nothing of it', () => {
    fc.assert(
      fc.property(
        anyTariff({ whole: false }),
        anyChanges(false),
        anyEntry,
        anyLength,
        (rules, changes, enteredAt, length) => {
          const stay = { enteredAt, at: later(enteredAt, length) };
          const laterVersions = changed(enteredAt, changes);
          const alone = chargeStay(compiled(keep(rules)), stay);
          expect(chargeStay(compiled(keep(rules)), { ...stay, laterVersions })).toEqual(alone);
        },
      ),
      RUNS,
    );
  });

  test('one that begins after the stay changes nothing but how long the quote holds', () => {
    fc.assert(
      fc.property(
        anyTariff({ whole: false }),
        anyTariff({ whole: false }),
        anyEntry,
        anyLength,
        fc.integer({ min: 0, max: 1440 }),
        (rules, next, enteredAt, length, off) => {
          const stay = { enteredAt, at: later(enteredAt, length) };
          const laterVersions = [{ from: later(stay.at, off), tariff: compiled(next) }];
          const { sameUntil, ...alone } = chargeStay(compiled(split(rules)), stay);
          const { sameUntil: holds, ...charge } = chargeStay(compiled(split(rules)), {
            ...stay,
            laterVersions,
          });
          expect(charge).toEqual(alone);
          if (sameUntil !== null) expect(holds?.getTime()).toBeLessThanOrEqual(sameUntil.getTime());
        },
      ),
      RUNS,
    );
  });

  test('each part costs what its version asks for it, where periods end with the part', () => {
    // by the minute, so that no period runs over the change; what counts from the entry (graces, fees) is left out
    const byMinute = anyTariff({
      whole: true,
      without: ['rounding', 'fees', 'graces', 'overstay', 'demand', 'tax', 'items'],
    }).map((rules) => ({
      ...rules,
      bands: rules.bands.map((band) => ({
        ...band,
        entered: [],
        steps: band.steps.map((step) => ({ ...step, minutes: step.minutes && 1 })),
      })),
    }));
    const minutes = fc.integer({ min: 0, max: 4000 });
    fc.assert(
      fc.property(byMinute, byMinute, anyEntry, minutes, minutes, (first, next, entry, before, after) => {
        const enteredAt = wholeMinute(entry);
        const from = later(enteredAt, before);
        const at = later(from, after);
        const laterVersions = [{ from, tariff: compiled(next) }];
        const apart = cost(first, { enteredAt, at: from }) + cost(next, { enteredAt: from, at });
        if (before > 0 && after > 0) expect(cost(split(first), { enteredAt, at, laterVersions })).toBe(apart);
      }),
      RUNS,
    );
  });

  test('the same rules again save nothing: caps begin anew, and no part has more than its own', () => {
    const plain = fc.record({
      minutes: fc.constantFrom(1, 10, 15, 30, 60, 120, 360, 720, 1440),
      price: fc.integer({ min: 1, max: 3000 }),
      most: fc.integer({ min: 1, max: 5000 }),
      per: fc.constantFrom('STAY' as const, 'HOURS_24' as const, 'DAYS_7' as const),
    });
    const times = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(plain, anyEntry, times, ({ minutes, price, most, per }, entry, parts) => {
        const enteredAt = wholeMinute(entry);
        const rules = split(eur([each(minutes, price)], { caps: [cap(most, per)] }));
        const ends = parts.map((_, number) =>
          later(
            enteredAt,
            parts.slice(0, number + 1).reduce((sum, part) => sum + part, 0),
          ),
        );
        const stay = { enteredAt, at: ends.at(-1) as Date };
        const laterVersions = ends.slice(0, -1).map((from) => ({ from, tariff: compiled(rules) }));
        const parted = cost(rules, { ...stay, laterVersions });
        expect(parted).toBeGreaterThanOrEqual(cost(rules, stay));
        if (per === 'STAY') expect(parted).toBeLessThanOrEqual(most * parts.length);
      }),
      RUNS,
    );
  });
});
