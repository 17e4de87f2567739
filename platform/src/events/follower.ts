import type { Database } from '../database/database.js';
import { readEvents, type StoredEvent } from './read.js';
import type { TenantTail } from './tenant-tail.js';
import { WakeUp } from './wake-up.js';

/** Which events to follow. */
export interface FollowOptions {
  tenantId: string;
  /** Start right behind this position; undefined: with whatever comes next. */
  after?: number | undefined;
  /** Only events of these types; undefined or null: of all. */
  types?: readonly string[] | null | undefined;
  /** Only events at these locations; undefined or null: of all, and those without a location. */
  locationIds?: readonly string[] | null | undefined;
  /** Ends the iteration. */
  signal?: AbortSignal | undefined;
}

export interface EventBatch {
  /** In the order of their positions; never empty. */
  events: StoredEvent[];
  /** Everything up to here has been looked at: a place to resume from. */
  position: number;
  /** The epoch of the positions, for cursors. */
  epoch: number;
  /** True when these were the newest events of the log. */
  caughtUp: boolean;
}

const BATCH = 256;

/**
 * One reader of a tenant's log. It keeps a position only, never events: while it keeps up it is served from the tail,
 * and when it falls behind it reads the log itself. Not an async generator, whose return() would wait for a pending next().
 */
export class Follower implements AsyncIterableIterator<EventBatch> {
  private readonly wakeUp = new WakeUp();
  private readonly wake = () => this.wakeUp.ring();
  private readonly stop = () => this.end();
  private ready: Promise<void> | undefined;
  private position: number;
  private ended = false;

  constructor(
    private readonly tail: TenantTail,
    private readonly database: Database,
    private readonly options: FollowOptions,
    private readonly onEnd: () => void,
  ) {
    this.position = options.after ?? 0;
    tail.followers.add(this.wake);
    options.signal?.addEventListener('abort', this.stop);
    // its failure is told by next(), which asks again at its next call
    this.begin().catch(() => undefined);
  }

  async next(): Promise<IteratorResult<EventBatch>> {
    if (!this.ended) await this.begin();
    while (!this.ended) {
      const batch = await this.take(this.position);
      if (this.ended) break;
      this.position = batch.position;
      if (batch.events.length > 0) return { done: false, value: batch };
      if (this.position >= this.tail.position) await this.wakeUp.wait();
    }
    return { done: true, value: undefined };
  }

  /** Passes over everything that is known to be in the log: for a reader of present state, whom only the newest concerns. */
  skipToNewest(): void {
    this.position = Math.max(this.position, this.tail.known);
  }

  async return(): Promise<IteratorResult<EventBatch>> {
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private begin(): Promise<void> {
    this.ready ??= this.tail.opened().then(
      () => {
        this.position = this.options.after ?? this.tail.known;
      },
      (error: unknown) => {
        this.ready = undefined;
        throw error;
      },
    );
    return this.ready;
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.tail.followers.delete(this.wake);
    this.options.signal?.removeEventListener('abort', this.stop);
    this.wakeUp.ring();
    this.onEnd();
  }

  private async take(after: number): Promise<EventBatch> {
    const { epoch } = this.tail;
    const upTo = Math.max(after, this.tail.position);
    const newest = this.tail.behind(after);
    if (newest) {
      return { events: newest.filter((event) => this.matches(event)), position: upTo, epoch, caughtUp: true };
    }
    const { tenantId, types, locationIds } = this.options;
    const range = {
      tenantId,
      after,
      first: BATCH,
      types: types ?? null,
      locationIds: locationIds ?? null,
      upTo,
    };
    const events = await this.database.read({ tenantId }, (tx) => readEvents(tx, range));
    const full = events.length === BATCH;
    const position = full ? (events.at(-1)?.position ?? upTo) : upTo;
    return { events, position, epoch, caughtUp: !full && position >= this.tail.position };
  }

  private matches({ type, locationId }: StoredEvent): boolean {
    const { types, locationIds } = this.options;
    if (types && !types.includes(type)) return false;
    return !locationIds || (locationId !== null && locationIds.includes(locationId));
  }
}
