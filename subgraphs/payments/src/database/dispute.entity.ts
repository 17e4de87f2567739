import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { DISPUTE_STATUSES } from '../domain/payment.js';

/** A payer who asked the bank for the money of a payment back. */
export const Dispute = defineEntity({
  name: 'Dispute',
  tableName: 'dispute',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    paymentId: p.uuid(),
    reference: p.string(),
    status: p.enum(DISPUTE_STATUSES),
    reason: p.string(),
    openedAt: p.datetime(),
    closedAt: p.datetime().nullable(),
  }),
});
export type DisputeRow = InferEntity<typeof Dispute>;
