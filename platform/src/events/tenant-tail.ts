import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { EventsNotKept, type LogHead, readEvents, readHead, type StoredEvent } from './read.js';

/** How many of the newest events are kept for followers that keep up; who falls behind reads the log itself. */
export const KEPT_EVENTS = 1_024;
const BATCH = 256;
const RETRY_MS = 250;

/** The newest end of one tenant's log, read once for all its followers in this process. */
export class TenantTail {
  /** Everything up to here has been read. */
  position = 0;
  /** The log is known to reach this far. */
  known = 0;
  epoch = 1;
  /** Called when the tail has grown. */
  readonly followers = new Set<() => void>();
  /** The newest events, oldest first, without a gap up to `position`. */
  private readonly newest: StoredEvent[] = [];
  private open = false;
  /** What was notified while the end of the log was being asked for may be behind that answer. */
  private missed = false;
  private reading = false;
  private timer: NodeJS.Timeout | undefined;
  private opening: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly tenantId: string,
    private readonly logger: Logger,
  ) {}

  /** Resolves when the tail knows the log's end. Rejects when the database can't be asked; the next call asks again. */
  opened(): Promise<void> {
    this.opening ??= this.head().then(
      (head) => {
        this.position = head.position;
        this.epoch = head.epoch;
        this.open = true;
        this.grown(head.position);
        if (this.missed) void this.refresh();
      },
      (error: unknown) => {
        this.opening = undefined;
        throw error;
      },
    );
    return this.opening;
  }

  close(): void {
    this.open = false;
    clearTimeout(this.timer);
  }

  /** The log reaches this position: read up to it. */
  grown(position: number): void {
    this.known = Math.max(this.known, position);
    if (this.open && !this.reading) void this.catchUp();
  }

  /** Reads what was missed while nobody told. */
  async refresh(): Promise<void> {
    this.missed = !this.open;
    if (this.missed) return;
    try {
      this.grown((await this.head()).position);
    } catch (error) {
      this.retry(error);
    }
  }

  /** The kept events behind a position, or undefined when some of them are no longer kept. */
  behind(position: number): readonly StoredEvent[] | undefined {
    const missing = this.position - position;
    if (missing > this.newest.length) return undefined;
    return missing <= 0 ? [] : this.newest.slice(-missing);
  }

  private async head(): Promise<LogHead> {
    const { tenantId } = this;
    return this.database.read({ tenantId }, (tx) => readHead(tx, tenantId));
  }

  private async catchUp(): Promise<void> {
    this.reading = true;
    const { tenantId } = this;
    try {
      while (this.open && this.position < this.known) {
        const range = { tenantId, after: this.position, first: BATCH };
        const events = await this.database.read({ tenantId }, (tx) => readEvents(tx, range));
        const last = events.at(-1);
        if (!last) break;
        this.newest.push(...events);
        this.newest.splice(0, Math.max(0, this.newest.length - KEPT_EVENTS));
        this.position = last.position;
        for (const follower of this.followers) follower();
      }
    } catch (error) {
      // nobody read on for so long: followers who stand further back are told by the log itself
      if (error instanceof EventsNotKept) {
        this.newest.length = 0;
        this.position = error.head.oldest;
      }
      this.retry(error);
    } finally {
      this.reading = false;
    }
  }

  private retry(error: unknown): void {
    this.logger.warn({ error }, 'reading the event log failed; trying again');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), RETRY_MS);
    this.timer.unref();
  }
}
