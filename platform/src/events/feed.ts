import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { Follower, type FollowOptions } from './follower.js';
import { EventListener } from './listener.js';
import { type EventRange, type LogHead, readEvents, readHead, type StoredEvent } from './read.js';
import { TenantTail } from './tenant-tail.js';

export type { EventBatch, Follower, FollowOptions } from './follower.js';

export interface EventFeedOptions {
  /** A database whose role may execute events.read and events.head. */
  database: Database;
  /** The connection string of the same role, for the LISTEN connection. */
  url: string;
  logger: Logger;
}

/** The event log as a stream: one LISTEN for the whole process, one reader for each tenant that somebody follows. */
export class EventFeed {
  private readonly listener: EventListener;
  private readonly tails = new Map<string, TenantTail>();
  private readonly open = new Set<Follower>();

  constructor(private readonly options: EventFeedOptions) {
    this.listener = new EventListener({
      url: options.url,
      logger: options.logger,
      onGrown: (tenantId, position) => this.tails.get(tenantId)?.grown(position),
      onConnect: () => {
        for (const tail of this.tails.values()) void tail.refresh();
      },
    });
  }

  /** False while the LISTEN connection is being made anew; nothing is lost meanwhile, it only comes later. */
  get listening(): boolean {
    return this.listener.listening;
  }

  async start(): Promise<void> {
    await this.listener.start();
  }

  /** Ends every follower's iteration. */
  async close(): Promise<void> {
    for (const follower of [...this.open]) await follower.return();
    await this.listener.close();
  }

  /** Both ends of a tenant's log. */
  async head(tenantId: string): Promise<LogHead> {
    return this.options.database.read({ tenantId }, (tx) => readHead(tx, tenantId));
  }

  /** Some events of a tenant's log, once. Throws EventsNotKept when some that it should have read are no longer kept. */
  async read(range: EventRange): Promise<StoredEvent[]> {
    return this.options.database.read({ tenantId: range.tenantId }, (tx) => readEvents(tx, range));
  }

  /**
   * The tenant's events in the order of their positions, each exactly once, over reconnects too. The iteration ends by
   * return(), by the signal or when the feed closes, at once even while a next() is pending. next() rejects when the
   * database can't be read, and with EventsNotKept when the follower has fallen behind what is kept.
   */
  follow(options: FollowOptions): Follower {
    const { database, logger } = this.options;
    const { tenantId } = options;
    const tail = this.tails.get(tenantId) ?? new TenantTail(database, tenantId, logger);
    this.tails.set(tenantId, tail);
    const follower: Follower = new Follower(tail, database, options, () => {
      this.open.delete(follower);
      if (tail.followers.size > 0) return;
      tail.close();
      if (this.tails.get(tenantId) === tail) this.tails.delete(tenantId);
    });
    this.open.add(follower);
    if (options.signal?.aborted) void follower.return();
    return follower;
  }
}
