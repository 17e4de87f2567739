import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export const ENDPOINT_STATUSES = ['ENABLED', 'DISABLED'] as const;
export const DISABLED_REASONS = ['BY_REQUEST', 'GONE', 'FAILING'] as const;

/** Where a partner wants to be told, and of what. */
export const WebhookEndpointEntity = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoint',
  properties: {
    id: p.uuid().primary(),
    partnerId: p.uuid().nullable(),
    url: p.text(),
    description: p.text().nullable(),
    eventTypes: p.array<string>(),
    /** The locations that whoever made the endpoint could see; null: all. Other locations' events are not sent. */
    locationIds: p.array<string>().nullable(),
    status: p.enum(ENDPOINT_STATUSES),
    disabledReason: p.enum(DISABLED_REASONS).nullable(),
    disabledAt: p.datetime().nullable(),
    /** Since when every attempt has failed; null after a success. */
    failingSince: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

export type WebhookEndpointRow = InferEntity<typeof WebhookEndpointEntity>;
