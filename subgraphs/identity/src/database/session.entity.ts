import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** Why a session was ended before its time. */
export const REVOCATIONS = ['SIGNED_OUT', 'REVOKED', 'TOKEN_REUSED', 'SWITCHED'] as const;
export type Revocation = (typeof REVOCATIONS)[number];

export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    userId: p.uuid(),
    deviceName: p.text().strictNullable(),
    generation: p.integer(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().strictNullable(),
    revokedBecause: p.enum(REVOCATIONS).strictNullable(),
  },
});
/** One sign-in of one user in one organization. */
export type SessionRow = InferEntity<typeof Session>;
