import { DAY, type LocalTime } from './local-time.js';
import type { DayKind, Window } from './tariff-rules.js';

/** A stretch of time in which the same bands apply. Instants are milliseconds since the epoch. */
export interface Stretch {
  from: number;
  to: number;
  /** The numbers of the bands, in the order of the tariff. */
  bands: readonly number[];
}

const MIDNIGHT = 1440;
const MOST_DAYS = 1000;
const WEEKDAYS: readonly DayKind[] = ['THU', 'FRI', 'SAT', 'SUN', 'MON', 'TUE', 'WED'];
const ISO_DATE = 10;

/** Which days of a local calendar are holidays; days are numbered as LocalTime numbers them. */
export class Days {
  private readonly holidays: ReadonlySet<number>;

  constructor(holidays: readonly string[]) {
    this.holidays = new Set(holidays.map((date) => Date.parse(date.slice(0, ISO_DATE)) / DAY));
  }

  isOne(day: number, kinds: readonly DayKind[]): boolean {
    if (kinds.length === 0) return true;
    return kinds.some((kind) =>
      kind === 'HOLIDAY'
        ? this.holidays.has(day)
        : kind === 'HOLIDAY_EVE'
          ? this.holidays.has(day + 1)
          : WEEKDAYS[((day % 7) + 7) % 7] === kind,
    );
  }

  /** True when a stay that begins at this instant begins in one of the windows. */
  within(windows: readonly Window[], clock: LocalTime, instant: number): boolean {
    const [day, minute] = [clock.dayOf(instant), clock.minuteOf(instant)];
    return windows.some((window) =>
      this.partsOn(day, window).some(([from, to]) => from <= minute && minute < to),
    );
  }

  /** The parts of a window that lie on a day, in minutes since its midnight. */
  partsOn(day: number, { days, from, to }: Window): [from: number, to: number][] {
    const parts: [number, number][] = [];
    const overMidnight = to <= from;
    if (overMidnight && this.isOne(day - 1, days)) parts.push([0, to]);
    if (this.isOne(day, days)) parts.push([from, overMidnight ? MIDNIGHT : to]);
    return parts;
  }
}

/** The windows of a tariff's bands, laid over time. */
export class Schedule {
  private readonly byDay = new Map<number, Stretch[]>();
  private readonly always: Stretch | null;

  /** `windows`: of each band; a band without any applies always. */
  constructor(
    private readonly windows: readonly (readonly Window[])[],
    private readonly days: Days,
    private readonly clock: LocalTime,
  ) {
    this.always = windows.every(({ length }) => length === 0)
      ? { from: -Infinity, to: Infinity, bands: [...windows.keys()] }
      : null;
  }

  /** The stretch in which an instant lies. Stretches end at local midnight at the latest, unless no band has windows. */
  at(instant: number): Stretch {
    if (this.always) return this.always;
    const day = this.clock.dayOf(instant);
    let stretches = this.byDay.get(day);
    if (!stretches) {
      if (this.byDay.size >= MOST_DAYS) this.byDay.clear();
      this.byDay.set(day, (stretches = this.lay(day)));
    }
    for (const stretch of stretches) if (instant < stretch.to) return stretch;
    return stretches.at(-1) as Stretch;
  }

  private lay(day: number): Stretch[] {
    const parts = this.windows.map((windows) =>
      windows.length === 0
        ? [[0, MIDNIGHT] as const]
        : windows.flatMap((window) => this.days.partsOn(day, window)),
    );
    const edges = [...new Set([0, MIDNIGHT, ...parts.flat(2)])].toSorted((a, b) => a - b);
    const stretches: Stretch[] = [];
    for (let edge = 0; edge + 1 < edges.length; edge += 1) {
      const minute = edges[edge] as number;
      const from = this.clock.instantOf(day, minute);
      const to = this.clock.instantOf(day, edges[edge + 1] as number);
      const bands = [...parts.keys()].filter((band) =>
        parts[band]?.some((part) => part[0] <= minute && minute < part[1]),
      );
      // when the clocks leap over an edge, nothing of what lay before it is left
      if (from < to) stretches.push({ from, to, bands });
    }
    return stretches;
  }
}
