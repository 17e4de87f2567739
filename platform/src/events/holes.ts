import { printRanges, type Range, without } from './ranges.js';

/** Sequence numbers that nobody has seen an event of yet. */
export interface Hole extends Range {
  /** Every transaction that could own one of them has a lower number than this. */
  before: bigint;
}

/** More holes than that are not looked into each time; the poll looks there. */
const MOST_HOLES = 128;

/**
 * What the sequencer remembers of the log between two rounds: the highest sequence number it saw an event of, and the
 * holes below, whose transactions may yet commit.
 */
export class Holes {
  private holes: Hole[] = [];

  /** `highest`: nothing is known of what lies up to here; `before`: a transaction number taken after it was seen. */
  constructor(
    public highest: number,
    public before: bigint,
  ) {}

  /** The holes, the newest last. */
  get all(): readonly Hole[] {
    return this.holes;
  }

  /** Where the next round has to look, as an int8multirange: into the holes and above the highest number. */
  get looked(): string {
    return printRanges(this.holes, this.highest);
  }

  /**
   * A round saw events of these numbers, which are in their order, and then took the transaction number `before`. What
   * it stepped over on its way up are new holes; holes in which it saw something become smaller.
   */
  saw(seen: readonly Range[], before: bigint): void {
    const newest = seen.at(-1)?.last ?? 0;
    if (newest > this.highest) {
      this.holes.push({ first: this.highest + 1, last: newest, before });
      this.highest = newest;
      this.before = before;
    }
    this.holes = this.holes
      .flatMap((hole) => without(hole, seen).map((left) => ({ ...left, before: hole.before })))
      .slice(-MOST_HOLES);
  }

  /**
   * A round that began when `oldestOpen` was the oldest open transaction did not see what is still a hole: those whose
   * transactions had all ended by then stay empty for ever. Call it before `saw` of the same round.
   */
  forget(oldestOpen: bigint): void {
    this.holes = this.holes.filter(({ before }) => before > oldestOpen);
  }
}
