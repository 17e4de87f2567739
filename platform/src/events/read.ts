import pg from 'pg';
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
  /** The event that this one answers. */
  causationId: string | null;
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

/** Events behind a reader's place are no longer kept. For clients: `expiredCursor`. */
export class EventsNotKept extends Error {
  constructor(
    /** Where the log begins now. */
    readonly head: Pick<LogHead, 'epoch' | 'oldest'>,
  ) {
    super('The events after this place are no longer kept.');
  }
}

const NOT_KEPT = 'PZ410';

/**
 * The tenant's events in the order of their positions. The transaction must run in that tenant's name, and see what was
 * committed meanwhile (read committed). Throws EventsNotKept when some that it should have read are no longer kept.
 */
export async function readEvents(tx: Transaction, range: EventRange): Promise<StoredEvent[]> {
  const { tenantId, after, first, types, locationIds, upTo } = range;
  try {
    return await tx.rows<StoredEvent>(sql`select id, position, type, version, subject_type as "subjectType", subject_id as "subjectId",
        location_id as "locationId", occurred_at as "occurredAt", recorded_at as "recordedAt", actor,
        correlation_id as "correlationId", causation_id as "causationId", data
      from events.read(${tenantId}, ${after}, ${first}, ${types ?? null}, ${locationIds ?? null}, ${upTo ?? null})`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== NOT_KEPT) throw error;
    throw new EventsNotKept(JSON.parse(error.detail ?? '') as LogHead);
  }
}

/** Both ends of the tenant's log. The transaction must run in that tenant's name. */
export async function readHead(tx: Transaction, tenantId: string): Promise<LogHead> {
  return tx.one<LogHead>(sql`select last_position as position, epoch, oldest from events.head(${tenantId})`);
}
