import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export const Organization = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    createdAt: p.datetime(),
  },
});
/** A tenant: the business whose locations, tickets and money these are. */
export type OrganizationRow = InferEntity<typeof Organization>;
