import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { REFUND_STATUSES } from '../domain/payment.js';

/** Money given back of a payment. Amounts are minor units of `currencyCode`. */
export const Refund = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    paymentId: p.uuid(),
    status: p.enum(REFUND_STATUSES),
    currencyCode: p.string(),
    amount: p.bigint('number'),
    tax: p.bigint('number'),
    rounding: p.bigint('number'),
    reason: p.string(),
    owedAgain: p.boolean(),
    refundedAt: p.datetime(),
  }),
});
export type RefundRow = InferEntity<typeof Refund>;
