import { setImmediate } from 'node:timers/promises';

/** Writing to so many sockets takes a few milliseconds. */
const FEW = 256;

/**
 * Does something for each of those who are there now. After every few of them others have their turn: requests, and the reading of what
 * comes next.
 */
export async function inTurns<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let done = 0;
  for (const item of [...items]) {
    work(item);
    done += 1;
    if (done % FEW === 0) await setImmediate();
  }
}
