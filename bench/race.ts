import { performance } from 'node:perf_hooks';
import { inColumns, Latencies } from '../replay/latencies.js';

/** Something that can be done again and again, to be compared with another way of doing the same. */
export interface Contender {
  name: string;
  /** Does it once; rejects when the answer is wrong. */
  run(): Promise<void>;
  /** Waits for what its work has set going; a turn lasts until then. */
  settle?(): Promise<void>;
}

export interface RaceOptions {
  /** How often each contender's turn comes. */
  rounds: number;
  /** How often a contender does its work in one turn. */
  count: number;
  /** How many it has under way at a time. */
  concurrency: number;
  /** No further round starts after so many seconds. */
  seconds: number;
}

export interface Result {
  /** Done in a second, one number for each contender and round. */
  rates: Map<string, number[]>;
  latencies: Latencies;
}

/**
 * Lets the contenders do their work in turns, so that whatever else slows the machine down slows down all of them, and
 * each comes first as often as last. A first round warms up and does not count. Rates are by `clock`, in milliseconds.
 */
export async function race(
  contenders: Contender[],
  options: RaceOptions,
  clock: () => number = () => performance.now(),
): Promise<Result> {
  const deadline = performance.now() + options.seconds * 1000;
  const rates = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const latencies = new Latencies();
  for (const contender of contenders) await turn(contender, options, new Latencies(), clock);
  for (let round = 0; round < options.rounds && performance.now() < deadline; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order)
      rates.get(contender.name)!.push(await turn(contender, options, latencies, clock));
  }
  return { rates, latencies };
}

async function turn(
  contender: Contender,
  { count, concurrency }: RaceOptions,
  latencies: Latencies,
  clock: () => number,
): Promise<number> {
  const begun = clock();
  let started = 0;
  const runner = async () => {
    while (started++ < count) {
      const sent = performance.now();
      await contender.run();
      latencies.record(contender.name, performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runner));
  await contender.settle?.();
  return (count * 1000) / (clock() - begun);
}

/**
 * The table of rates, with each contender's share of the last one's, and the table of latencies. The share is the median
 * of the rounds' shares: a machine that becomes slower for a minute slows down both sides of one.
 */
export function report({ rates, latencies }: Result, unit: string): string {
  const yardstick = [...rates.values()].at(-1)!;
  const rows = [...rates].map(([name, all]) => [
    name,
    median(all).toFixed(0),
    Math.min(...all).toFixed(0),
    Math.max(...all).toFixed(0),
    median(all.map((rate, round) => rate / yardstick[round]!)).toFixed(3),
  ]);
  const heading = [`${unit}/s, ${[...rates.values()][0]!.length} rounds`, 'median', 'least', 'most', 'ratio'];
  return [...inColumns([heading, ...rows]), '', ...latencies.table('latency')].join('\n');
}

/** The middle one; between two middle ones their mean. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
