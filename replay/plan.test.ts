import fc from 'fast-check';
import type { CarPark } from './csv.js';
import { countMovements, LONGEST_WALK_TO_CAR_MS, planCarPark } from './plan.js';

const carPark = fc
  .record({
    start: fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2030, 0, 1) }),
    capacity: fc.integer({ min: 0, max: 60 }),
    counts: fc.array(
      fc.record({
        after: fc.integer({ min: 1, max: 3 * 86_400_000 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .map(({ start, capacity, counts }): CarPark => {
    let at = start;
    const recordings = counts.map(({ after, share }) => ({
      at: (at += after),
      occupied: Math.round(share * capacity),
    }));
    return { code: 'ANY', capacity, recordings };
  });

/** Every entry and exit of a plan in the order of time; at the same instant exits come after entries. */
function movements(park: CarPark, seed = 'seed') {
  return [...planCarPark(park, seed)].flatMap(({ entries, exits }) => [
    ...entries.map((entry) => ({ ...entry, change: 1 })),
    ...exits.map((exit) => ({ ...exit, change: -1 })),
  ]);
}

test('at every recorded instant as many cars are inside as the record says', () => {
  fc.assert(
    fc.property(carPark, (park) => {
      const moves = movements(park);
      for (const { at, occupied } of park.recordings) {
        const inside = moves.filter((move) => move.at <= at).reduce((sum, move) => sum + move.change, 0);
        expect(inside).toBe(occupied);
      }
    }),
  );
});

test('at no moment are more cars inside than there are spaces, or fewer than none', () => {
  fc.assert(
    fc.property(carPark, (park) => {
      let inside = 0;
      let before = -Infinity;
      for (const move of movements(park)) {
        expect(move.at).toBeGreaterThanOrEqual(before);
        before = move.at;
        inside += move.change;
        expect(inside).toBeGreaterThanOrEqual(0);
        expect(inside).toBeLessThanOrEqual(park.capacity);
      }
    }),
  );
});

test('every car comes once, leaves at most once and later than it came, and pays in between', () => {
  fc.assert(
    fc.property(carPark, (park) => {
      const cameAt = new Map<number, number>();
      for (const { entries, exits } of planCarPark(park, 'seed')) {
        for (const { car, at } of entries) {
          expect(cameAt.has(car)).toBe(false);
          cameAt.set(car, at);
        }
        for (const { car, at, paidAt } of exits) {
          expect(cameAt.get(car)).toBeLessThan(paidAt);
          expect(paidAt).toBeLessThanOrEqual(at);
          expect(at - paidAt).toBeLessThan(LONGEST_WALK_TO_CAR_MS);
          cameAt.set(car, Infinity);
        }
      }
    }),
  );
});

test('the opening stock came before the first recording, all other moves lie within their interval', () => {
  fc.assert(
    fc.property(carPark, (park) => {
      let from: number | null = null;
      for (const { until, entries, exits } of planCarPark(park, 'seed')) {
        for (const { at } of [...entries, ...exits]) {
          if (from === null) expect(at).toBeLessThan(until);
          else expect(at > from && at <= until).toBe(true);
        }
        from = until;
      }
    }),
  );
});

test('movements are counted without planning them', () => {
  fc.assert(
    fc.property(carPark, (park) => {
      const moves = movements(park);
      expect(countMovements(park)).toEqual({
        entries: moves.filter(({ change }) => change > 0).length,
        exits: moves.filter(({ change }) => change < 0).length,
      });
    }),
  );
});

const day: CarPark = {
  code: 'DAY',
  capacity: 500,
  recordings: [0, 100, 400, 450, 200, 0].map((occupied, hour) => ({
    at: Date.UTC(2016, 9, 5, 8 + 2 * hour),
    occupied,
  })),
};

test('the same seed gives the same plan, another seed or car park another one', () => {
  expect(movements(day)).toEqual(movements(day));
  expect(movements(day)).not.toEqual(movements(day, 'other'));
  expect(movements(day)).not.toEqual(movements({ ...day, code: 'OTHER' }));
});

test('cars leave by the length of their stay and not in the order in which they came', () => {
  const left = movements(day)
    .filter(({ change }) => change < 0)
    .map(({ car }) => car);
  const overtaken = left.filter((car, i) => left.slice(i + 1).some((later) => later < car)).length;
  expect(overtaken).toBeGreaterThan(left.length / 2);
  expect(new Set(left).size).toBe(450);
});

test('entries are spread over the whole interval', () => {
  const { entries } = [...planCarPark(day, 'seed')][2]!;
  const quarter = (2 * 3_600_000) / 4;
  const perQuarter = [0, 0, 0, 0];
  for (const { at } of entries) perQuarter[Math.floor((at - 1 - day.recordings[1]!.at) / quarter)]!++;
  for (const count of perQuarter) expect(count).toBeGreaterThan(300 / 8);
});
