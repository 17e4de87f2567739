import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Subscription } from '../domain/webhook-message.js';
import { WebhookFeedEntity, type WebhookFeedRow } from './webhook-feed.entity.js';

const columns = sql.columns(WebhookFeedEntity);

/** A feed together with what its endpoint wants to hear. */
export interface OpenFeed extends Subscription {
  id: string;
  position: number;
  untilPosition: number | null;
  /** The end of the tenant's log. */
  head: number;
}

export const insertFeed = (tx: Transaction, feed: WebhookFeedRow): Promise<WebhookFeedRow> =>
  tx.one(sql`insert into partners.webhook_feed (id, endpoint_id, position, until_position, event_types, replayed_from,
      replayed_to, created_at, completed_at)
    values (${feed.id}, ${feed.endpointId}, ${feed.position}, ${feed.untilPosition}, ${feed.eventTypes},
      ${feed.replayedFrom}, ${feed.replayedTo}, ${feed.createdAt}, ${feed.completedAt})
    returning ${columns}`);

/** Moves an endpoint's live feed to a position: what lies between is not sent. */
export const moveLiveFeed = (tx: Transaction, endpointId: string, position: number): Promise<number> =>
  tx.run(sql`update partners.webhook_feed set position = ${position}
    where endpoint_id = ${endpointId} and until_position is null`);

/**
 * Locks the tenant's feeds that are behind its log. Feeds that another process is serving are left to it. One that has
 * fallen behind what is kept goes on where the log begins.
 */
export const lockOpenFeeds = (tx: Transaction, tenantId: string): Promise<OpenFeed[]> =>
  tx.rows(sql`select f.id, f.endpoint_id as "endpointId", greatest(f.position, h.oldest) as position, f.until_position as "untilPosition",
      e.event_types as "eventTypes", f.event_types as "onlyTypes", e.location_ids as "locationIds",
      h.last_position as head
    from events.head(${tenantId}) h
      join partners.webhook_feed f on f.position < h.last_position
      join partners.webhook_endpoint e on e.id = f.endpoint_id
    where f.completed_at is null and e.status = 'ENABLED'
    order by f.position, f.id for update of f skip locked`);

/** Whether anybody listens to the tenant's log at all. */
export const hasOpenFeed = async (tx: Transaction): Promise<boolean> =>
  (
    await tx.one<{ found: boolean }>(sql`select exists (select from partners.webhook_feed f
      join partners.webhook_endpoint e on e.id = f.endpoint_id
      where f.completed_at is null and e.status = 'ENABLED') as found`)
  ).found;

/** Notes how far feeds have come; a replay that has reached its end is complete. */
export const advanceFeeds = (
  tx: Transaction,
  feeds: readonly { id: string; position: number }[],
  at: Date,
): Promise<number> =>
  tx.run(sql`update partners.webhook_feed f set position = moved.position,
      completed_at = case when f.until_position <= moved.position then ${at}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(feeds)}::jsonb) as moved(id uuid, position bigint)
    where f.id = moved.id`);

/** The tenants that have a feed to be served. */
export const findLaggingTenants = async (tx: Transaction): Promise<string[]> =>
  (await tx.rows<{ tenantId: string }>(sql`select t as "tenantId" from partners.lagging_tenants() t`)).map(
    ({ tenantId }) => tenantId,
  );
