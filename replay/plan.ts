import type { CarPark, Recording } from './csv.js';
import { seededRandom, type Random } from './random.js';
import { drawStay, drawStayOfPresentCar } from './stay-lengths.js';

/** A car that drives in. Instants are epoch milliseconds throughout. */
export interface PlannedEntry {
  /** Numbers the cars of one car park from 0. */
  car: number;
  at: number;
}

/** A car that pays and drives out. */
export interface PlannedExit {
  car: number;
  at: number;
  paidAt: number;
}

/** What happens between two recordings, and what the later one says. Either entries or exits, never both. */
export interface Interval {
  /** The recorded instant that ends the interval. */
  until: number;
  /** How many cars are inside at `until`. */
  occupied: number;
  /** In the order of time. */
  entries: PlannedEntry[];
  exits: PlannedExit[];
}

/** Drivers pay up to so long before they leave; the replay's tariff leaves them more than that. */
export const LONGEST_WALK_TO_CAR_MS = 10 * 60_000;

/**
 * Turns a car park's series into vehicles. The first interval holds the opening stock: cars that were already
 * inside, each with an entry before the first recording. After it every change of +n or -n becomes n entries or
 * exits, spread uniformly over its interval. Each car draws a length of stay when it comes, and when one has to
 * leave it is the one whose stay was to end first. The same car park and seed give the same plan.
 */
export function* planCarPark({ code, recordings }: CarPark, seed: string): Generator<Interval> {
  const random = seededRandom(`${seed}/${code}`);
  const inside = new CarsInside();
  let nextCar = 0;
  let previous: Recording | null = null;
  for (const { at: until, occupied } of recordings) {
    const change = occupied - (previous?.occupied ?? 0);
    const arrivals = previous
      ? arrivalsBetween(change, previous.at, until, random)
      : openingStock(change, until, random);
    const entries = arrivals.map(({ at, leaves }) => {
      inside.add(nextCar, leaves);
      return { car: nextCar++, at };
    });
    const exits = previous ? exitsBetween(-change, previous.at, until, inside, random) : [];
    yield { until, occupied, entries, exits };
    previous = { at: until, occupied };
  }
}

/** How many entries and exits (each with a payment) `planCarPark` will yield. */
export function countMovements({ recordings }: CarPark): { entries: number; exits: number } {
  let entries = 0;
  let exits = 0;
  let before = 0;
  for (const { occupied } of recordings) {
    if (occupied > before) entries += occupied - before;
    else exits += before - occupied;
    before = occupied;
  }
  return { entries, exits };
}

interface Arrival {
  at: number;
  /** When the driver means to leave. */
  leaves: number;
}

function openingStock(count: number, at: number, random: Random): Arrival[] {
  return Array.from({ length: count }, () => {
    const stay = drawStayOfPresentCar(random);
    const age = Math.max(1, Math.floor(stay * random()));
    return { at: at - age, leaves: at - age + stay };
  }).sort((a, b) => a.at - b.at);
}

function arrivalsBetween(count: number, from: number, until: number, random: Random): Arrival[] {
  return spread(count, from, until, random).map((at) => ({ at, leaves: at + drawStay(random) }));
}

function exitsBetween(
  count: number,
  from: number,
  until: number,
  inside: CarsInside,
  random: Random,
): PlannedExit[] {
  return spread(count, from, until, random).map((at) => {
    const walk = Math.floor(random() * Math.min(LONGEST_WALK_TO_CAR_MS, at - from));
    return { car: inside.removeFirstToLeave(), at, paidAt: at - walk };
  });
}

/** `count` whole milliseconds in (from, until], ascending; none for a count below one. */
function spread(count: number, from: number, until: number, random: Random): number[] {
  return Array.from({ length: Math.max(0, count) }, () => until - Math.floor(random() * (until - from))).sort(
    (a, b) => a - b,
  );
}

/** The cars inside, kept in the order in which they mean to leave. */
class CarsInside {
  private readonly leaving: { car: number; leaves: number }[] = [];

  add(car: number, leaves: number): void {
    let low = 0;
    let high = this.leaving.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // Descending, so that the next one to leave is popped from the end.
      if (this.leaving[middle]!.leaves > leaves) low = middle + 1;
      else high = middle;
    }
    this.leaving.splice(low, 0, { car, leaves });
  }

  removeFirstToLeave(): number {
    return this.leaving.pop()!.car;
  }
}
