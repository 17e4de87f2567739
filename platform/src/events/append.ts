import { sql } from '../database/sql.js';
import type { Transaction } from '../database/transaction.js';
import type { EventTypeName } from './catalogue.js';

/** A change that somebody else may care about, as the story that made it tells it. */
export interface NewEvent {
  type: EventTypeName;
  subject: { type: string; id: string };
  /** The location it happened at; null for what concerns the whole organization. */
  locationId?: string | null;
  /** When it happened in the world, which may be long before it is recorded. */
  occurredAt: Date;
  /** What the catalogue's schema for this type describes. */
  data: object;
}

/** Writes the event in the transaction of the change itself: both are there after the commit, or neither. */
export async function appendEvent(tx: Transaction, event: NewEvent): Promise<void> {
  const { type, subject, locationId, occurredAt, data } = event;
  await tx.run(
    sql`select events.append(${type}, ${subject.type}, ${subject.id}, ${locationId ?? null}, ${occurredAt}, ${JSON.stringify(data)})`,
  );
}
