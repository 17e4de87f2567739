import { nextAttemptAt } from './retry-schedule.js';

/** Why an attempt got no usable answer. */
export const ATTEMPT_FAILURES = [
  'TIMEOUT',
  'CONNECTION_FAILED',
  'ADDRESS_NOT_ALLOWED',
  'TLS_FAILED',
] as const;
export type AttemptFailure = (typeof ATTEMPT_FAILURES)[number];

/** What came of one request to an endpoint. */
export interface AttemptResult {
  /** The HTTP status; null when there was no answer. */
  responseStatus: number | null;
  failure: AttemptFailure | null;
  /** Seconds that the receiver asked us to wait; null when it didn't. */
  retryAfterSeconds: number | null;
}

/** What happens to the delivery next. */
export type Verdict =
  | { status: 'DELIVERED'; nextAttemptAt: null }
  | { status: 'PENDING'; nextAttemptAt: Date }
  | { status: 'FAILED'; nextAttemptAt: null };

const GONE = 410;

/** 2xx is success; everything else is not, redirects included: following one would send the event to an unchecked place. */
export const isSuccess = ({ responseStatus }: AttemptResult): boolean =>
  responseStatus !== null && responseStatus >= 200 && responseStatus < 300;

/** 410: the receiver wants no more webhooks, ever. */
export const isGone = ({ responseStatus }: AttemptResult): boolean => responseStatus === GONE;

/** `attempts` counts the one that has just ended; `random` is the draw for the jitter. */
export function judge(
  result: AttemptResult,
  attempts: number,
  schedule: readonly number[],
  endedAt: Date,
  random: number,
): Verdict {
  if (isSuccess(result)) return { status: 'DELIVERED', nextAttemptAt: null };
  if (isGone(result)) return { status: 'FAILED', nextAttemptAt: null };
  const next = nextAttemptAt(schedule, attempts, endedAt, result.retryAfterSeconds, random);
  return next ? { status: 'PENDING', nextAttemptAt: next } : { status: 'FAILED', nextAttemptAt: null };
}

/** Whether an endpoint that has only failed since `failingSince` is to be disabled. */
export const hasFailedTooLong = (failingSince: Date | null, now: Date, days: number): boolean =>
  failingSince !== null && now.getTime() - failingSince.getTime() >= days * 86_400_000;
