import { defineEntity, type InferEntity } from '@mikro-orm/core';

/** A receipt's number and who issued it; what it says stands in its payment. */
export const Receipt = defineEntity({
  name: 'Receipt',
  tableName: 'receipt',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    year: p.integer(),
    number: p.integer(),
    ticketId: p.uuid(),
    paymentId: p.uuid(),
    issuedAt: p.datetime(),
    organizationName: p.string().nullable(),
    locationName: p.string().nullable(),
  }),
});
export type ReceiptRow = InferEntity<typeof Receipt>;
