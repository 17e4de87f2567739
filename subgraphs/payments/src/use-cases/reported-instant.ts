import type { Clock } from '@plaza/platform/clock';
import { badUserInput } from '@plaza/platform/errors';
import { requireScope, type Viewer } from '@plaza/platform/viewer';

/** How far a gate's clock may be from ours, in milliseconds. */
const CLOCK_SKEW = 60_000;

/**
 * When something happened: now, or the instant that a gate reports. Its clock may be a minute off; telling what happened
 * before needs the scope tickets:backdate. Throws BAD_USER_INPUT for the future.
 */
export function reportedInstant(
  { viewer, clock }: { viewer: Viewer; clock: Clock },
  field: string,
  reported: Date | null | undefined,
): Date {
  const now = clock.now();
  if (!reported) return now;
  const early = now.getTime() - reported.getTime();
  if (early < -CLOCK_SKEW) throw badUserInput(field, 'This lies in the future.');
  if (early > CLOCK_SKEW) requireScope(viewer, 'tickets:backdate');
  return early < 0 ? now : reported;
}
