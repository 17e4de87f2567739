/** Events of a burst do not count as much written: the rate is that of about so many milliseconds. */
const STEADY_MS = 100;
const MUCH_PER_MS = 2;
/** Between two of them when much is written: so many milliseconds for each event in a millisecond, and the most. */
const BUSY_MS = 10;
const MOST_MS = 60;

/**
 * How far apart the rounds of the sequencer are, and the rings for it: what is written meanwhile is covered by the next
 * one. When much is written they are further apart, for then the machine is wanted by those who write, and what a round
 * costs is shared by more events.
 */
export class Pace {
  /** Events in a millisecond. */
  private rate = 0;

  /** `calmMs`: from one to the next while little is written. */
  constructor(private readonly calmMs: number) {}

  /** How long after the last one the next may begin, in milliseconds, after so many events in so many milliseconds. */
  apart(events: number, milliseconds: number): number {
    const span = Math.max(milliseconds, this.calmMs);
    this.rate += (events / span - this.rate) * (1 - Math.exp(-span / STEADY_MS));
    return this.rate > MUCH_PER_MS ? Math.min(this.rate * BUSY_MS, MOST_MS) : this.calmMs;
  }
}
