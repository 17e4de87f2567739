/**
 * Standard Webhooks' schedule: seconds to wait before each attempt, counted from the one before it.
 * The last attempt comes three days after the first.
 */
export const STANDARD_SCHEDULE: readonly number[] = [
  0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
];

/** A wait grows by up to this share of itself, so that an outage's deliveries don't all come back at one instant. */
const JITTER = 0.1;
/** Nobody can postpone an attempt for longer than this, whatever their Retry-After says. */
const LONGEST_RETRY_AFTER_SECONDS = 86_400;

/**
 * When to try again after `attempts` attempts have failed; null when the schedule is used up.
 * @param retryAfterSeconds what the receiver asked for; it can lengthen a wait, never shorten it
 * @param random from 0 to 1, the draw for the jitter
 */
export function nextAttemptAt(
  schedule: readonly number[],
  attempts: number,
  failedAt: Date,
  retryAfterSeconds: number | null,
  random: number,
): Date | null {
  const wait = schedule[attempts];
  if (wait === undefined) return null;
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS);
  return new Date(failedAt.getTime() + Math.max(wait * (1 + JITTER * random), asked) * 1000);
}

/** Seconds that a Retry-After header asks for (RFC 9110: a number of seconds or a date); null when it says nothing. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // RFC 9110 dates start with a day's name; without this check Date.parse takes nearly anything
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
