import { defineEntity, type InferEntity } from '@mikro-orm/core';

export const COST_BEARERS = ['MERCHANT', 'OPERATOR'] as const;
export type CostBearer = (typeof COST_BEARERS)[number];

/** A business that validates tickets of a location. Limits are minor units of the location's currency. */
export const Merchant = defineEntity({
  name: 'Merchant',
  tableName: 'merchant',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    name: p.string(),
    borneBy: p.enum(COST_BEARERS),
    mostPerTicket: p.bigint('number').nullable(),
    mostPerMonth: p.bigint('number').nullable(),
    active: p.boolean(),
  }),
});
export type MerchantRow = InferEntity<typeof Merchant>;
