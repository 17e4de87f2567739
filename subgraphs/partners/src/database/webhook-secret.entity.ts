import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A signing secret, sealed; one without an end is current, one with an end was rotated away. */
export const WebhookSecretEntity = defineEntity({
  name: 'WebhookSecret',
  tableName: 'webhook_secret',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    sealed: p.blob(),
    publicKey: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
  },
});

export type WebhookSecretRow = InferEntity<typeof WebhookSecretEntity>;
