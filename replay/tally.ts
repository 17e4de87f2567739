import { Latencies } from './latencies.js';

/** A recorded instant at which the platform and the record differ. */
export interface Mismatch {
  carPark: string;
  at: number;
  recorded: number;
  /** `location.occupancy.occupied`. */
  platform: number;
  /** Entries minus exits that the platform confirmed. */
  balance: number;
}

const MOST_KEPT = 20;

/** What a replay has done so far. */
export class Tally {
  readonly started = performance.now();
  entries = 0;
  exits = 0;
  /** Payments by method. */
  readonly payments = new Map<string, number>();
  /** Money taken, in thousandths of the currency: no currency has smaller coins. */
  taken = 0;
  /** Exits for which nothing was due. */
  free = 0;
  instants = 0;
  requests = 0;
  retries = 0;
  mismatches = 0;
  readonly firstMismatches: Mismatch[] = [];
  /** Answers other than the expected one, such as "recordEntry: NoSpaceAvailable", and how often. */
  readonly refusals = new Map<string, number>();
  readonly latencies = new Latencies();

  /** Entries and exits so far: what the progress bar counts. */
  get movements(): number {
    return this.entries + this.exits;
  }

  get paid(): number {
    return [...this.payments.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Counts a request; fits GraphClient's onAnswer. */
  readonly answered = (operation: string, milliseconds: number, retries: number): void => {
    this.requests++;
    this.retries += retries;
    this.latencies.record(operation, milliseconds);
  };

  /** Counts a payment; `amount` as the graph writes it, such as "12.50". */
  pay(method: string, amount: string): void {
    this.payments.set(method, (this.payments.get(method) ?? 0) + 1);
    this.taken += Math.round(Number(amount) * 1000);
  }

  refuse(what: string): void {
    this.refusals.set(what, (this.refusals.get(what) ?? 0) + 1);
  }

  compare(instant: Mismatch): void {
    this.instants++;
    if (instant.platform === instant.recorded && instant.balance === instant.recorded) return;
    this.mismatches++;
    if (this.firstMismatches.length < MOST_KEPT) this.firstMismatches.push(instant);
  }
}
