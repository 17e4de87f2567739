import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { readEvents } from '@plaza/platform/events/read';
import { newId } from '@plaza/platform/ids';
import { insertDeliveries } from '../database/delivery.queries.js';
import { advanceFeeds, hasOpenFeed, lockOpenFeeds, type OpenFeed } from '../database/webhook-feed.queries.js';
import { isWanted, type LoggedEvent, TEST_EVENT, webhookBody } from '../domain/webhook-message.js';

const BATCH = 500;

/** What one stretch came to. */
export interface FanOut {
  /** Whether the tenant has an endpoint that listens. */
  listening: boolean;
  deliveries: number;
  /** Whether the log goes on after this stretch. */
  more: boolean;
}

/**
 * Turns the next stretch of a tenant's log into deliveries. Reading, the deliveries and the feeds' new positions are one
 * transaction, and a feed is locked while it is served: whatever crashes or runs twice, fan-out is exactly once.
 */
export async function fanOutEvents(
  on: { database: Database; clock: Clock },
  tenantId: string,
): Promise<FanOut> {
  return on.database.write({ tenantId }, async (tx) => {
    const feeds = await lockOpenFeeds(tx, tenantId);
    const [first] = feeds;
    if (!first) return { listening: await hasOpenFeed(tx), deliveries: 0, more: false };
    const upTo = Math.max(...feeds.map((feed) => feed.untilPosition ?? feed.head));
    const types = [...new Set([TEST_EVENT, ...feeds.flatMap((feed) => feed.eventTypes)])];
    const events = await readEvents(tx, { tenantId, after: first.position, first: BATCH, types, upTo });
    const reached = events.length === BATCH ? (events.at(-1)?.position ?? upTo) : upTo;
    const served = feeds.map((feed) => serve(feed, events, reached));
    const deliveries = served.flatMap((feed) => feed.deliveries);
    const at = on.clock.now();
    await Promise.all([insertDeliveries(tx, deliveries, at), advanceFeeds(tx, served, at)]);
    return { listening: true, deliveries: deliveries.length, more: reached < upTo };
  });
}

function serve(feed: OpenFeed, events: readonly LoggedEvent[], reached: number) {
  const position = Math.max(feed.position, Math.min(reached, feed.untilPosition ?? reached));
  const mine = events.filter(
    (event) => event.position > feed.position && event.position <= position && isWanted(event, feed),
  );
  const deliveries = mine.map((event) => ({
    id: newId(),
    endpointId: feed.endpointId,
    feedId: feed.id,
    eventId: event.id,
    eventType: event.type,
    body: webhookBody(event),
  }));
  return { id: feed.id, position, deliveries };
}
