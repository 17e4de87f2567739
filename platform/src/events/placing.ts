import type pg from 'pg';
import { Holes } from './holes.js';
import { countOf, parseRanges, printRanges, type Range } from './ranges.js';

/** Looks for events that nobody rang for, and everywhere for those that memory knows nothing of. */
export const POLL_MS = 1_000;
/** What a row of events.placement holds at most. */
const BATCH = 500;
/** A search takes this share of the time at most, however far back it has to look. */
const SEARCH_SHARE = 0.01;

interface Round {
  placed: string | null;
  oldest_open: string;
  own: string | null;
}

/**
 * The elected sequencer's work. A round looks above the highest sequence number it knows and into the holes below it,
 * so it sees a late commit at once and does not care how long other transactions are open. Now and then a search goes
 * over everything since the low-water mark: it finds what a dead predecessor, a restore or a full memory left behind.
 */
export class Placing {
  private nextSearch = 0;
  /** The low-water mark that the next search may set, and the transaction number that must have ended by then. */
  private mark: { highest: number; before: bigint };

  private constructor(
    private readonly client: pg.Client,
    private low: number,
    private readonly holes: Holes,
  ) {
    this.mark = { highest: holes.highest, before: holes.before };
  }

  /** Begins where the log stands. What lies below that was seen by nobody in this process: a search comes first. */
  static async begin(client: pg.Client): Promise<Placing> {
    // the transaction number is taken while the statement runs, so after it saw what it sees
    const { rows } = await client.query<{ low: string; highest: string; own: string }>(
      `select w.seq as low, coalesce((select max(upper(r.seqs)) - 1 from events.round r), 0) as highest,
         pg_current_xact_id() as own from events.low_water w`,
    );
    const { low, highest, own } = rows[0]!;
    return new Placing(client, Number(low), new Holes(Math.max(Number(highest), Number(low)), BigInt(own)));
  }

  /**
   * Gives every committed event that it can find its position; resolves to how many those were. Rejects when the
   * database can't be asked.
   */
  async round(): Promise<number> {
    let placed = Date.now() >= this.nextSearch ? await this.search() : 0;
    const { holes } = this;
    for (let full = true; full;) {
      const round = await this.place(holes.looked, true);
      if (!round) return placed;
      placed += round.count;
      full = round.count >= BATCH;
      // a round that stopped early did not look into every hole
      if (!full) holes.forget(round.oldestOpen);
      if (round.own) holes.saw(round.seen, round.own);
    }
    return placed;
  }

  private async search(): Promise<number> {
    const begun = Date.now();
    let placed = 0;
    const { mark } = this;
    let settled: boolean | undefined;
    for (let full = true; full;) {
      const round = await this.place(printRanges([], this.low), false);
      if (!round) return placed;
      placed += round.count;
      settled ??= round.oldestOpen >= mark.before;
      full = round.count >= BATCH;
      if (round.own) this.holes.saw(round.seen, round.own);
    }
    if (settled) {
      if (mark.highest > this.low) {
        await this.client.query('select events.settle($1)', [mark.highest]);
        this.low = mark.highest;
      }
      this.mark = { highest: this.holes.highest, before: this.holes.before };
    }
    const took = Date.now() - begun;
    this.nextSearch = begun + Math.max(POLL_MS, took / SEARCH_SHARE);
    return placed;
  }

  /** One transaction; undefined when somebody else is placing at this moment. `recent`: not in months long ago. */
  private async place(looked: string, recent: boolean) {
    const { rows } = await this.client.query<Round>({
      name: 'sequence',
      text: 'select placed, oldest_open, own from events.sequence($1, $2, $3)',
      values: [looked, BATCH, recent],
    });
    const [round] = rows;
    if (!round) return undefined;
    const seen: Range[] = parseRanges(round.placed ?? '');
    return {
      seen,
      count: countOf(seen),
      oldestOpen: BigInt(round.oldest_open),
      own: round.own === null ? null : BigInt(round.own),
    };
  }
}
