import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/**
 * How far the log has been turned into deliveries for one endpoint: its live feed, which never ends, or a replay of a
 * stretch of the past, which ends at `untilPosition`.
 */
export const WebhookFeedEntity = defineEntity({
  name: 'WebhookFeed',
  tableName: 'webhook_feed',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    position: p.bigint('number'),
    untilPosition: p.bigint('number').nullable(),
    /** A replay's own choice among the endpoint's types; null: all of them. */
    eventTypes: p.array<string>().nullable(),
    replayedFrom: p.datetime().nullable(),
    replayedTo: p.datetime().nullable(),
    createdAt: p.datetime(),
    completedAt: p.datetime().nullable(),
  },
});

export type WebhookFeedRow = InferEntity<typeof WebhookFeedEntity>;
