import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Role } from '@plaza/platform/viewer';

export const Invitation = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    email: p.text(),
    roles: p.json<Role[]>().columnType('text[]'),
    tokenHash: p.blob().$type<Buffer>(),
    invitedBy: p.uuid().strictNullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().strictNullable(),
  },
});
/** An offer of membership to whoever reads the mail of an address. */
export type InvitationRow = InferEntity<typeof Invitation>;
