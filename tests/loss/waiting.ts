import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 50;

export interface Patience {
  /** Milliseconds without progress after which waiting ends. */
  patienceMs: number;
  /** Grows while there is progress; without it the whole wait is bounded. */
  progress?: () => number;
  signal: AbortSignal;
}

/** Waits until the condition holds: true. False once the patience is over. Throws the signal's reason when it is aborted. */
export async function comesTrue(
  condition: () => boolean | Promise<boolean>,
  { patienceMs, progress, signal }: Patience,
): Promise<boolean> {
  let news = performance.now();
  let reached = progress?.();
  while (!(await condition())) {
    signal.throwIfAborted();
    const now = progress?.();
    if (now !== reached) news = performance.now();
    reached = now;
    if (performance.now() - news > patienceMs) return false;
    await sleep(LOOK_MS, undefined, { signal });
  }
  return true;
}

/** Like comesTrue, for what must come true: throws a sentence that ends with `what`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  patience: Patience,
): Promise<void> {
  if (!(await comesTrue(condition, patience)))
    throw new Error(`Waited ${patience.patienceMs / 1_000} s in vain until ${what}.`);
}
