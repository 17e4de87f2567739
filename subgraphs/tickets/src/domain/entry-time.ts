import { badUserInput, forbidden } from '@plaza/platform/errors';

/** How far a gate's clock may be from ours, in milliseconds. */
export const CLOCK_SKEW = 60_000;

/**
 * When the vehicle entered. A gate's clock may be a minute off; only those who may backdate report what happened before,
 * and nobody what has not happened yet. Throws BAD_USER_INPUT or FORBIDDEN.
 */
export function entryInstant(reported: Date | null | undefined, now: Date, mayBackdate: boolean): Date {
  if (!reported) return now;
  const early = now.getTime() - reported.getTime();
  if (early < -CLOCK_SKEW) throw badUserInput('enteredAt', 'A vehicle cannot enter in the future.');
  if (early > CLOCK_SKEW && !mayBackdate) throw forbidden('tickets:backdate');
  if (reported.getTime() < 0) throw badUserInput('enteredAt', 'An entry is not older than 1970.');
  // a clock that runs ahead: the vehicle is here, so it entered by now
  return early < 0 ? now : reported;
}
