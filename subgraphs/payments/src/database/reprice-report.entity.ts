import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { TariffRules } from '../domain/tariff/tariff-rules.js';

/** What the stays of a period would have cost under another tariff, as far as it is reckoned. */
export const RepriceReport = defineEntity({
  name: 'RepriceReport',
  tableName: 'reprice_report',
  properties: (p) => ({
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    locationId: p.uuid(),
    periodFrom: p.datetime(),
    periodTo: p.datetime(),
    rules: p.json<TariffRules>(),
    currencyCode: p.string(),
    stays: p.integer(),
    priced: p.integer(),
    charged: p.integer(),
    wouldCharge: p.integer(),
    dearer: p.integer(),
    cheaper: p.integer(),
    lastExit: p.datetime().nullable(),
    lastTicket: p.uuid().nullable(),
    finishedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  }),
});
export type RepriceReportRow = InferEntity<typeof RepriceReport>;
