/** Between two rounds of the sequencer, and between two rings for it: what is written meanwhile is covered by the second. */
export const CALM_MS = 3;
/** The same when much is written: then what a round and a ring cost is shared by more events. */
const BUSY_MS = 20;
const MUCH_PER_MS = 2;

/** How long to wait before the next one, in milliseconds, after so many events in so many milliseconds. */
export const apart = (events: number, milliseconds: number): number =>
  events > MUCH_PER_MS * Math.max(milliseconds, CALM_MS) ? BUSY_MS : CALM_MS;
