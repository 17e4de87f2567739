import type { Component } from '@plaza/platform/database/component';
import { ApiKeyEntity } from './api-key.entity.js';
import { DeliveryAttemptEntity, DeliveryEntity } from './delivery.entity.js';
import { Migration20261122090000_first } from './migrations/20261122090000-first.js';
import { Migration20261122090001_functions } from './migrations/20261122090001-functions.js';
import { Migration20261122140000_access } from './migrations/20261122140000-access.js';
import { PartnerEntity } from './partner.entity.js';
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js';
import { WebhookFeedEntity } from './webhook-feed.entity.js';
import { WebhookSecretEntity } from './webhook-secret.entity.js';

/** What the partners subgraph brings to the database. */
export const component: Component = {
  name: 'partners',
  entities: [
    PartnerEntity,
    ApiKeyEntity,
    WebhookEndpointEntity,
    WebhookSecretEntity,
    WebhookFeedEntity,
    DeliveryEntity,
    DeliveryAttemptEntity,
  ],
  migrations: [
    Migration20261122090000_first,
    Migration20261122090001_functions,
    Migration20261122140000_access,
  ],
};
