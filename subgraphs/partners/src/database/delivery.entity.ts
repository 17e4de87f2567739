import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export const DELIVERY_STATUSES = ['PENDING', 'DELIVERED', 'FAILED'] as const;

/** One event on its way to one endpoint. The body is kept, so that every attempt sends the same bytes. */
export const DeliveryEntity = defineEntity({
  name: 'Delivery',
  tableName: 'delivery',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    redeliveryOf: p.uuid().nullable(),
    eventId: p.uuid(),
    eventType: p.text(),
    status: p.enum(DELIVERY_STATUSES),
    attempts: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    responseStatus: p.integer().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});

/** One request that was made for a delivery. */
export const DeliveryAttemptEntity = defineEntity({
  name: 'DeliveryAttempt',
  tableName: 'delivery_attempt',
  properties: {
    deliveryId: p.uuid().primary(),
    number: p.integer().primary(),
    startedAt: p.datetime(),
    durationMs: p.integer(),
    responseStatus: p.integer().nullable(),
    failure: p.text().nullable(),
  },
});

export type DeliveryRow = InferEntity<typeof DeliveryEntity>;
export type DeliveryAttemptRow = InferEntity<typeof DeliveryAttemptEntity>;
