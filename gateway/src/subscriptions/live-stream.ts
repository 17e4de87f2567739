import { setTimeout as sleep } from 'node:timers/promises';
import type { Follower } from '@plaza/platform/events/feed';
import type { ExecutionResult } from 'graphql';
import type { Frames, Reference } from './frames.js';
import { stream } from './stream.js';

/** Between two frames of a subscription that names no other pace, in milliseconds. */
export const USUAL_THROTTLE_MS = 100;
export const LONGEST_THROTTLE_MS = 60_000;

/**
 * The state of an entity: the first frame as it was at the beginning, then a frame when something has changed, always of
 * the newest state. Changes that come faster than the client takes frames, or than the throttle lets them pass, are one.
 */
export function liveStream(
  first: ExecutionResult,
  follower: Follower,
  frames: Frames,
  reference: Reference,
  throttleMs: number,
): AsyncGenerator<ExecutionResult, void> {
  const stopped = new AbortController();
  let initial: ExecutionResult | undefined = first;
  let lastFrameAt = Date.now();

  const pull = async (): Promise<ExecutionResult | undefined> => {
    if (initial) {
      const frame = initial;
      initial = undefined;
      return frame;
    }
    for (;;) {
      if ((await follower.next()).done) return undefined;
      const wait = lastFrameAt + throttleMs - Date.now();
      if (wait > 0) await sleep(wait, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return undefined;
      // before the state is read: what is skipped here is in it
      follower.skipToNewest();
      lastFrameAt = Date.now();
      const [frame] = await frames.of([reference]);
      if (frame) return frame;
    }
  };
  return stream(pull, () => {
    stopped.abort();
    void follower.return();
  });
}
