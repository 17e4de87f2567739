import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** Another business that works with the tenant: a mobility app, an ERP, a merchant. */
export const PartnerEntity = defineEntity({
  name: 'Partner',
  tableName: 'partner',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    contactEmail: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

export type PartnerRow = InferEntity<typeof PartnerEntity>;
