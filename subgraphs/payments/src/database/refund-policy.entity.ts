import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { REFUND_AUTHORITIES } from '../domain/refund-policy.js';

/** Under which conditions money is given back, from when it was set until a later one. */
export const RefundPolicy = defineEntity({
  name: 'RefundPolicy',
  tableName: 'refund_policy',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid().nullable(),
    windowDays: p.integer().nullable(),
    mostPercent: p.integer(),
    reasons: p.array(),
    who: p.enum(REFUND_AUTHORITIES),
    setAt: p.datetime(),
  }),
});
export type RefundPolicyRow = InferEntity<typeof RefundPolicy>;
