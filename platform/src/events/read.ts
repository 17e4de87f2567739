import { sql } from '../database/sql.js';
import type { Transaction } from '../database/transaction.js';

/** An event as the log keeps it, numbered. */
export interface StoredEvent {
  /** Also the `webhook-id` of its deliveries: consumers drop repeats by it. */
  id: string;
  /** 1, 2, 3... without a gap in each tenant's log. */
  position: number;
  type: string;
  version: number;
  subjectType: string;
  subjectId: string;
  locationId: string | null;
  occurredAt: Date;
  recordedAt: Date;
  actor: { kind: string; id: string } | null;
  correlationId: string | null;
  data: Record<string, unknown>;
}

/** How far a tenant's log is numbered, and how far back it reaches. */
export interface LogHead {
  /** The newest event's position; 0 before the first. */
  position: number;
  /** Changes when positions were given out anew, as after a restored backup: older cursors then mean nothing. */
  epoch: number;
  /** Who stands behind an earlier position than this has lost events: they are no longer kept. 0: all are there. */
  oldest: number;
}

export interface EventRange {
  tenantId: string;
  /** Read the events behind this position; 0 for all. */
  after: number;
  /** The most events to return. */
  first: number;
  types?: readonly string[] | null;
  locationIds?: readonly string[] | null;
  /** Look no further than this position. */
  upTo?: number;
}

/** The tenant's events in the order of their positions. The transaction must run in that tenant's name. */
export async function readEvents(tx: Transaction, range: EventRange): Promise<StoredEvent[]> {
  const { tenantId, after, first, types, locationIds, upTo } = range;
  return tx.rows<StoredEvent>(
    sql`select id, position, type, version, subject_type as "subjectType", subject_id as "subjectId",
        location_id as "locationId", occurred_at as "occurredAt", recorded_at as "recordedAt", actor,
        correlation_id as "correlationId", data
      from events.read(${tenantId}, ${after}, ${first}, ${types ?? null}, ${locationIds ?? null}, ${upTo ?? null})`,
  );
}

/** Both ends of the tenant's log. The transaction must run in that tenant's name. */
export async function readHead(tx: Transaction, tenantId: string): Promise<LogHead> {
  return tx.one<LogHead>(sql`select last_position as position, epoch, oldest from events.head(${tenantId})`);
}
