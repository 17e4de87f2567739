import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Role } from '@plaza/platform/viewer';

export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    userId: p.uuid(),
    roles: p.json<Role[]>().columnType('text[]'),
    joinedAt: p.datetime(),
  },
});
/** A user's place in an organization. */
export type MembershipRow = InferEntity<typeof Membership>;
