export const MIDNIGHT = 1440;

/** Minutes since the local midnight of "08:00", up to 1440 for "24:00"; null for what is no such time. */
export function minutesOfClock(time: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return all <= MIDNIGHT && Number(minutes) < 60 ? all : null;
}

/** "08:00" for 480. */
export const clockTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The window of a day that a client wrote, in minutes since local midnight; null for what is no time there. */
export function readWindow({ from, to }: { from: string; to: string }): {
  from: number | null;
  to: number | null;
} {
  const [begins, ends] = [minutesOfClock(from), minutesOfClock(to)];
  return { from: begins === MIDNIGHT ? null : begins, to: ends === 0 ? MIDNIGHT : ends };
}
