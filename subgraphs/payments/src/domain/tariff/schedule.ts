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

  /** A number that is the same for days on which the same windows apply: their weekday, and what are holidays around them. */
  kindOf(day: number): number {
    const holidays = [day - 1, day, day + 1].reduce(
      (flags, one) => flags * 2 + Number(this.holidays.has(one)),
      0,
    );
    return holidays * 7 + (((day % 7) + 7) % 7);
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

/** Some minutes of a local day in which the same bands apply. */
interface Layer {
  from: number;
  to: number;
  bands: readonly number[];
}

/** The windows of a tariff's bands, laid over time. */
export class Schedule {
  private readonly byDay = new Map<number, Stretch[]>();
  /** How a day is laid out, by what it and its neighbours are. */
  private readonly layouts = new Map<number, readonly Layer[]>();
  private readonly always: Stretch | null;

  /** `windows`: of each band; a band without any applies always. */
  constructor(
    private readonly windows: readonly (readonly Window[])[],
    private readonly days: Days,
    private readonly clock: LocalTime,
    private readonly spend: (work: number) => void,
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
    let [low, high] = [0, stretches.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (instant < (stretches[middle] as Stretch).to) high = middle;
      else low = middle + 1;
    }
    return stretches[low] as Stretch;
  }

  private lay(day: number): Stretch[] {
    const kind = this.days.kindOf(day);
    let layout = this.layouts.get(kind);
    if (!layout) this.layouts.set(kind, (layout = this.layout(day)));
    this.spend(layout.length);
    const stretches: Stretch[] = [];
    let from = this.clock.instantOf(day, 0);
    for (const layer of layout) {
      const to = this.clock.instantOf(day, layer.to);
      // when the clocks leap over an edge, nothing of what lay before it is left
      if (from < to) stretches.push({ from, to, bands: layer.bands });
      from = to;
    }
    return stretches;
  }

  private layout(day: number): Layer[] {
    const edges = new Map<number, number[]>([
      [0, []],
      [MIDNIGHT, []],
    ]);
    const edge = (minute: number): number[] => {
      let turns = edges.get(minute);
      if (!turns) edges.set(minute, (turns = []));
      return turns;
    };
    this.windows.forEach((windows, band) => {
      const parts = windows.flatMap((window) => this.days.partsOn(day, window));
      for (const [from, to] of windows.length === 0 ? [[0, MIDNIGHT] as const] : parts) {
        // a window of no length has edges and no time
        edge(from).push(band + 1);
        edge(to).push(-band - 1);
      }
    });
    this.spend(edges.size);
    const minutes = [...edges.keys()].toSorted((a, b) => a - b);
    const open = this.windows.map(() => 0);
    return minutes.slice(0, -1).map((from, at) => {
      for (const turn of edges.get(from) ?? []) {
        const band = Math.abs(turn) - 1;
        open[band] = (open[band] ?? 0) + Math.sign(turn);
      }
      const bands = [...open.keys()].filter((band) => (open[band] ?? 0) > 0);
      return { from, to: minutes[at + 1] as number, bands };
    });
  }
}
