export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** Offsets are looked up for blocks of this length; only a block in which they differ is looked into more closely. */
const BLOCK = 8 * DAY;
const MOST_BLOCKS = 4096;

/**
 * The clock on the wall of a place. Local days are numbered by their date: day 0 is 1970-01-01, whatever the zone; day 0
 * was a Thursday. Instants are milliseconds since the epoch.
 */
export class LocalTime {
  private static readonly known = new Map<string, LocalTime>();
  private readonly format: Intl.DateTimeFormat;
  private readonly blocks = new Map<number, number | [change: number, before: number, after: number]>();

  private constructor(zone: string) {
    const two = '2-digit';
    this.format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
  }

  /** The clock of an IANA zone. Throws RangeError for a name that is none. */
  static of(zone: string): LocalTime {
    let clock = this.known.get(zone);
    if (!clock) this.known.set(zone, (clock = new LocalTime(zone)));
    return clock;
  }

  /** Local time less UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    const number = Math.floor(instant / BLOCK);
    let block = this.blocks.get(number);
    if (block === undefined) {
      if (this.blocks.size >= MOST_BLOCKS) this.blocks.clear();
      this.blocks.set(number, (block = this.lookInto(number * BLOCK)));
    }
    if (typeof block === 'number') return block;
    return instant < block[0] ? block[1] : block[2];
  }

  dayOf(instant: number): number {
    return Math.floor((instant + this.offsetAt(instant)) / DAY);
  }

  /** Minutes since local midnight, by the clock on the wall. */
  minuteOf(instant: number): number {
    const local = instant + this.offsetAt(instant);
    return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
  }

  /**
   * The instant at which that day's clock shows so many minutes: the first one where it shows them twice, and the change
   * itself where it leaps over them.
   */
  instantOf(day: number, minutes: number): number {
    const local = day * DAY + minutes * MINUTE;
    const before = this.offsetAt(local - DAY);
    const early = local - before;
    if (this.offsetAt(early) === before) return early;
    const after = this.offsetAt(local + DAY);
    const late = local - after;
    return this.offsetAt(late) === after ? late : this.changeBetween(early - 2 * DAY, early + 2 * DAY);
  }

  /** No zone changes its clocks twice within so few days. */
  private lookInto(from: number): number | [number, number, number] {
    const [before, after] = [this.ask(from), this.ask(from + BLOCK)];
    return before === after ? before : [this.changeBetween(from, from + BLOCK), before, after];
  }

  private changeBetween(from: number, to: number): number {
    const before = this.ask(from);
    let [low, high] = [from, to];
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (middle <= low) break;
      if (this.ask(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  private ask(instant: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
  }
}
