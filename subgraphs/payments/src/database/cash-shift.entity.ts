import { defineEntity, type InferEntity } from '@mikro-orm/core';

/** A shift of a location's cash drawer, from its float to its count. Amounts are minor units of `currencyCode`. */
export const CashShift = defineEntity({
  name: 'CashShift',
  tableName: 'cash_shift',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    currencyCode: p.string(),
    openingFloat: p.bigint('number'),
    openedAt: p.datetime(),
    counted: p.bigint('number').nullable(),
    expected: p.bigint('number').nullable(),
    closedAt: p.datetime().nullable(),
  }),
});
export type CashShiftRow = InferEntity<typeof CashShift>;
