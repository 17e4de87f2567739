import { defineEntity, type InferEntity } from '@mikro-orm/core';
import {
  DECLINE_REASONS,
  type NextAction,
  PAYMENT_METHODS,
  PAYMENT_STATUSES,
  type PaidQuote,
} from '../domain/payment.js';

/** A payment for a ticket. Amounts are minor units of `currencyCode`. */
export const Payment = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: (p) => ({
    id: p.uuid().primary(),
    ticketId: p.uuid(),
    locationId: p.uuid(),
    method: p.enum(PAYMENT_METHODS),
    status: p.enum(PAYMENT_STATUSES),
    currencyCode: p.string(),
    amount: p.bigint('number'),
    tax: p.bigint('number'),
    refunded: p.bigint('number'),
    rounding: p.bigint('number'),
    cashReceived: p.bigint('number').nullable(),
    declineReason: p.enum(DECLINE_REASONS).nullable(),
    provider: p.string(),
    nextAction: p.json<NextAction>().nullable(),
    quote: p.json<PaidQuote>(),
    paidAt: p.datetime(),
    createdAt: p.datetime(),
  }),
});
export type PaymentRow = InferEntity<typeof Payment>;
