/** Sequence numbers that nobody has seen an event of yet, from the first to the last of them. */
export interface Hole {
  first: number;
  last: number;
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

  get starts(): number[] {
    return this.holes.map(({ first }) => first);
  }

  get ends(): number[] {
    return this.holes.map(({ last }) => last);
  }

  /**
   * A round saw these events, in the order of their numbers, and then took the transaction number `before`. What it
   * stepped over on its way up are new holes; holes in which it saw something become smaller.
   */
  saw(seqs: readonly number[], before: bigint): void {
    const newest = seqs.at(-1) ?? 0;
    if (newest > this.highest) {
      this.holes.push({ first: this.highest + 1, last: newest, before });
      this.highest = newest;
      this.before = before;
    }
    let next = 0;
    this.holes = this.holes.flatMap(({ first, last, before: noticed }) => {
      const left: Hole[] = [];
      let from = first;
      while (next < seqs.length && seqs[next]! < first) next += 1;
      for (; next < seqs.length && seqs[next]! <= last; next += 1) {
        const seen = seqs[next]!;
        if (seen > from) left.push({ first: from, last: seen - 1, before: noticed });
        from = seen + 1;
      }
      if (from <= last) left.push({ first: from, last, before: noticed });
      return left;
    });
    if (this.holes.length > MOST_HOLES) this.holes.splice(0, this.holes.length - MOST_HOLES);
  }

  /**
   * A round that began when `oldestOpen` was the oldest open transaction did not see what is still a hole: those whose
   * transactions had all ended by then stay empty for ever. Call it before `saw` of the same round.
   */
  forget(oldestOpen: bigint): void {
    this.holes = this.holes.filter(({ before }) => before > oldestOpen);
  }
}
