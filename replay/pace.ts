import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the replay's clock shows `instant` (epoch milliseconds); rejects with AbortError when told to stop. */
export type Pace = (instant: number, signal: AbortSignal) => Promise<void>;

/** As fast as the server answers. */
export const asFastAsPossible: Pace = async () => {};

/** `speed` times as fast as it happened: the file's time `start` is now. */
export function timesAsFast(speed: number, start: number): Pace {
  const begun = performance.now();
  return async (instant, signal) => {
    const wait = (instant - start) / speed - (performance.now() - begun);
    if (wait > 0) await sleep(wait, undefined, { signal });
  };
}
