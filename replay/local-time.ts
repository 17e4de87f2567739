const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** A wall-clock reading as milliseconds, as if the wall hung in UTC. */
export type WallTime = number;

/** Throws a RangeError for a name that is no IANA time zone. */
export function assertTimeZone(timeZone: string): void {
  formatterOf(timeZone);
}

/**
 * The instants (epoch milliseconds, ascending) at which a clock in `timeZone` shows `wall`: one on an ordinary
 * day, two in the hour that is lived twice in autumn, none in the hour that is skipped in spring.
 */
export function instantsOf(wall: WallTime, timeZone: string): number[] {
  const offsets = new Set([offsetAt(wall - DAY_MS, timeZone), offsetAt(wall + DAY_MS, timeZone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant, timeZone) === wall)
    .sort((a, b) => a - b);
}

/** What a clock that was never put forward would mean by a wall time that spring skips (epoch milliseconds). */
export function instantInGap(wall: WallTime, timeZone: string): number {
  return wall - offsetAt(wall - DAY_MS, timeZone);
}

/** What a clock in `timeZone` shows at `instant` (epoch milliseconds). */
export function wallTimeAt(instant: number, timeZone: string): WallTime {
  return instant + offsetAt(instant, timeZone);
}

function offsetAt(instant: number, timeZone: string): number {
  // No clock has been changed at another time than a full quarter of an hour (UTC) since 1972.
  const quarter = Math.floor(instant / QUARTER_MS) * QUARTER_MS;
  const known = offsetsOf(timeZone);
  let offset = known.get(quarter);
  if (offset === undefined) known.set(quarter, (offset = offsetFrom(quarter, timeZone)));
  return offset;
}

function offsetFrom(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - instant;
}

function offsetsOf(timeZone: string): Map<number, number> {
  let known = offsets.get(timeZone);
  if (!known) offsets.set(timeZone, (known = new Map()));
  return known;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
