import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Follower } from '@plaza/platform/events/feed';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import { Frame } from '../frame.js';
import type { Outlet } from '../outlet.js';
import { StateGroup } from './state-group.js';

/** Keeps the states it was told, as a client that takes everything at once. */
class Screen implements Outlet {
  readonly waiting = 0;
  readonly shown: unknown[] = [];
  send(frames: readonly Frame[]): void {
    this.shown.push(...frames.map(({ result }) => result.data?.count));
  }
  taken = () => Promise.resolve(true);
  complete = () => undefined;
  fail = () => undefined;
  interrupt = () => undefined;
}

/** A group whose state is what `read` gives, and how to tell it of a change. */
function groupOf(read: () => Promise<number>, throttleMs = 0) {
  let change: () => void = () => undefined;
  const follower = {
    next: () => new Promise((resolve) => (change = () => resolve({ done: false, value: {} }))),
    skipToNewest: () => undefined,
    return: () => Promise.resolve({ done: true, value: undefined }),
  } as unknown as Follower;
  const group = new StateGroup({
    follower,
    make: async () => new Frame({ data: { count: await read() } }),
    throttleMs,
    everyMs: undefined,
    stalledMs: 1_000,
    logger: silent,
    onEmpty: () => undefined,
  });
  return { group, change: () => change() };
}

const MANY = 600;
const screens = () => Array.from({ length: MANY }, () => new Screen());

test('while very many are told of a change, others have their turn', async () => {
  let count = 1;
  const { group, change } = groupOf(() => Promise.resolve(count));
  const all = screens();
  await Promise.all(all.map((screen) => group.join(screen)));
  count = 2;
  change();
  const told = () => all.filter(({ shown }) => shown.at(-1) === 2).length;
  const steps: number[] = [];
  while (told() < MANY) {
    await setImmediate();
    steps.push(told());
  }
  expect(steps.some((step) => step > 0 && step < MANY)).toBe(true);
  expect(all.every(({ shown }) => shown.join() === '1,2')).toBe(true);
});

test('who comes while the others are told a state is not told it after a newer one', async () => {
  const readings: ((count: number) => void)[] = [];
  const { group, change } = groupOf(() => new Promise((resolve) => readings.push(resolve)));
  const all = screens();
  const joined = Promise.all(all.map((screen) => group.join(screen)));
  await setImmediate();
  readings[0]!(1);
  await joined;

  change();
  await setImmediate();
  const late = new Screen();
  const began = group.join(late);
  readings[1]!(2);
  // the reading that the late one waits for ends between two handfuls of those who are told of the one before
  while (readings.length < 3) await Promise.resolve();
  readings[2]!(3);
  await began;
  while (all.some(({ shown }) => shown.at(-1) !== 2)) await setImmediate();
  expect(late.shown).toEqual([3]);
});

test('the throttle counts from telling to telling, however long the reading took', async () => {
  const THROTTLE_MS = 120;
  let count = 0;
  const { group, change } = groupOf(async () => {
    // the first readings are slow, the later ones are not
    await sleep(count < 3 ? 100 : 0);
    return (count += 1);
  }, THROTTLE_MS);
  const screen = new Screen();
  const told: number[] = [];
  const { shown } = screen;
  await group.join(screen);
  for (let seen = shown.length; shown.length < 6;) {
    change();
    await sleep(1);
    if (shown.length > seen) told.push(performance.now());
    seen = shown.length;
  }
  const gaps = told.slice(1).map((at, index) => at - told[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(THROTTLE_MS - 25);
});
