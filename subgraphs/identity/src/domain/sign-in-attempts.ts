/** So many wrong passwords for one e-mail address ... */
export const ALLOWED_FAILURES = 5;

/** ... within so many milliseconds; further attempts wait until the time that began with the first one is over. */
export const FAILURE_WINDOW_MS = 15 * 60_000;

/** The failures counted for one e-mail address, whether or not it exists. */
export interface SignInAttempts {
  failures: number;
  windowEndsAt: Date;
}

const remaining = (attempts: SignInAttempts, now: Date): number =>
  Math.ceil((attempts.windowEndsAt.getTime() - now.getTime()) / 1000);

/** Whole seconds to wait before the next attempt; 0 when it may be made now. */
export function secondsToWait(attempts: SignInAttempts | undefined, now: Date): number {
  if (!attempts || attempts.failures < ALLOWED_FAILURES) return 0;
  return Math.max(0, remaining(attempts, now));
}

/**
 * Whole seconds to wait for an attempt that was counted just now, so late that it must not be answered; 0 when it was
 * one of the allowed. Attempts that run at once are counted one after the other: only the first five get an answer.
 */
export function secondsToWaitAfter(counted: SignInAttempts, now: Date): number {
  return counted.failures > ALLOWED_FAILURES ? Math.max(1, remaining(counted, now)) : 0;
}
