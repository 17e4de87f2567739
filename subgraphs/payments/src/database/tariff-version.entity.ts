import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { TariffRules } from '../domain/tariff/tariff-rules.js';

/** One version of a location's tariff, as it was published, and until when it is in force. */
export const TariffVersion = defineEntity({
  name: 'TariffVersion',
  tableName: 'tariff_validity',
  properties: (p) => ({
    id: p.uuid().primary(),
    tariffId: p.uuid(),
    locationId: p.uuid(),
    number: p.integer(),
    name: p.string(),
    effectiveFrom: p.datetime(),
    effectiveUntil: p.datetime().nullable(),
    retiredFrom: p.datetime().nullable(),
    rules: p.json<TariffRules>(),
    publishedAt: p.datetime(),
  }),
});
export type TariffVersionRow = InferEntity<typeof TariffVersion>;
