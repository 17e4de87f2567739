import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Scope } from '@plaza/platform/viewer';

/** An API key without its hash, which no query of the subgraph ever reads. */
export const ApiKeyEntity = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.uuid().primary(),
    partnerId: p.uuid(),
    name: p.text(),
    displayPrefix: p.text(),
    scopes: p.array<Scope>(),
    locationIds: p.array<string>().nullable(),
    expiresAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
  },
});

export type ApiKeyRow = InferEntity<typeof ApiKeyEntity>;
