import fc from 'fast-check';
import type { Band, Cap, Step, TariffRules } from '../tariff-rules.js';
import { band, banded, cap, costs, each, later, once } from './tariffs.js';

// A meter of another make: it looks at the clock each minute and knows nothing of stretches and pieces. Tokyo keeps its
// clocks all year, so that its local time is arithmetic.
const TOKYO = 9 * 60;
const DAY = 1440;

function ticked(rules: TariffRules, enteredAt: Date, minutes: number): number {
  const entry = enteredAt.getTime() / 60_000;
  const left = rules.caps.map(() => 0);
  const charged = rules.bands.map(() => 0);
  let [total, running, current] = [0, 0, -1];
  for (let at = 0; at < minutes; at += 1) {
    const local = entry + at + TOKYO;
    const [midnight, whole] = [local % DAY === 0, at % DAY === 0];
    rules.caps.forEach(({ per, amount }, number) => {
      if (at === 0 || (per === 'DAY' ? midnight : per === 'HOURS_24' && whole)) left[number] = amount;
    });
    rules.bands.forEach(({ restart }, number) => {
      if ((restart === 'DAY' && midnight) || (restart === 'HOURS_24' && whole)) {
        charged[number] = 0;
        if (number === current) running = 0;
      }
    });
    const shown = rules.bands.findIndex((one) => isOn(one, local % DAY));
    if (shown !== current && !(running > 0 && rules.bands[current]?.atEnd === 'RUN_ON')) {
      [current, running] = [shown, 0];
      if (rules.bands[current]?.restart === 'BAND') charged[current] = 0;
    }
    const now = rules.bands[current];
    const step = now?.steps.find(({ upTo }) => upTo === null || (charged[current] as number) < upTo);
    if (now && step && running === 0) {
      const begun = now.steps[now.steps.indexOf(step) - 1]?.upTo ?? 0;
      running = Math.min(step.minutes ?? 1, (step.upTo ?? Infinity) - (charged[current] as number));
      const asked = step.minutes !== null || charged[current] === begun ? step.price : 0;
      const counting = rules.caps.map(({ bands }) => bands.length === 0 || bands.includes(now.name));
      const paid = Math.min(asked, ...left.filter((_, number) => counting[number]));
      left.forEach((_, number) => {
        if (counting[number]) (left[number] as number) -= paid;
      });
      total += paid;
    }
    if (step) (charged[current] as number) += 1;
    running = Math.max(0, running - 1);
  }
  return total;
}

const isOn = ({ windows }: Band, minute: number): boolean =>
  windows.length === 0 ||
  windows.some(({ from, to }) => (from < to ? from <= minute && minute < to : minute >= from || minute < to));

const price = fc.integer({ min: 0, max: 500 });
const steps: fc.Arbitrary<Step[]> = fc
  .record({
    first: fc.integer({ min: 1, max: 300 }),
    flat: fc.boolean(),
    prices: fc.tuple(price, price, price),
    minutes: fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 })),
    more: fc.option(fc.integer({ min: 1, max: 600 })),
  })
  .map(({ first, flat, prices, minutes, more }) => [
    flat ? once(prices[0], first) : each(minutes[0], prices[0], first),
    ...(more === null ? [] : [each(minutes[0], prices[1], first + more)]),
    each(minutes[1], prices[2]),
  ]);
const restart = fc.constantFrom('NEVER' as const, 'HOURS_24' as const, 'DAY' as const, 'BAND' as const);
const atEnd = fc.constantFrom('CUT' as const, 'RUN_ON' as const);
const caps: fc.Arbitrary<Cap[]> = fc.uniqueArray(
  fc
    .record({
      per: fc.constantFrom('STAY' as const, 'HOURS_24' as const, 'DAY' as const),
      amount: fc.integer({ min: 1, max: 4000 }),
      bands: fc.constantFrom<string[]>([], ['Day'], ['Night']),
    })
    .map(({ per, amount, bands }) => cap(amount, per, { bands })),
  { maxLength: 3, selector: ({ per }) => per },
);

const anyRules: fc.Arbitrary<TariffRules> = fc
  .record({
    opening: fc.integer({ min: 0, max: 11 }),
    closing: fc.integer({ min: 14, max: 22 }),
    day: fc.record({ steps, restart, atEnd }),
    night: fc.option(fc.record({ steps, restart, atEnd })),
    caps,
  })
  .map(({ opening, closing, day, night, caps: capped }) =>
    banded(
      [
        band('Day', [{ days: [], from: opening * 60, to: closing * 60 }], day.steps, day),
        ...(night
          ? [band('Night', [{ days: [], from: closing * 60, to: opening * 60 || DAY }], night.steps, night)]
          : []),
      ],
      { caps: capped },
    ),
  );

test('a meter that ticks each minute comes to the same', () => {
  fc.assert(
    fc.property(
      anyRules,
      fc.integer({ min: 0, max: 2 * DAY }),
      fc.integer({ min: 0, max: 5 * DAY }),
      (rules, off, minutes) => {
        const enteredAt = later(new Date('2026-05-04T00:00:00Z'), off);
        const charge = costs(rules, enteredAt, later(enteredAt, minutes), {}, 'Asia/Tokyo');
        expect(charge).toBe(ticked(rules, enteredAt, minutes));
      },
    ),
    { numRuns: 500 },
  );
});
