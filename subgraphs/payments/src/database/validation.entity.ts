import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { VALIDATION_KINDS } from '../domain/validation.js';

/** A discount that a merchant gave on a ticket. Amounts are minor units of `currencyCode`. */
export const Validation = defineEntity({
  name: 'Validation',
  tableName: 'validation',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    ticketId: p.uuid(),
    merchantId: p.uuid(),
    name: p.string(),
    kind: p.enum(VALIDATION_KINDS),
    value: p.decimal('number'),
    currencyCode: p.string(),
    most: p.bigint('number').nullable(),
    validatedAt: p.datetime(),
    amount: p.bigint('number').nullable(),
    settledAt: p.datetime().nullable(),
  }),
});
export type ValidationRow = InferEntity<typeof Validation>;
