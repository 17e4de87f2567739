import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { VEHICLE_KINDS } from '../domain/vehicle-kind.js';

export const Vehicle = defineEntity({
  name: 'Vehicle',
  tableName: 'vehicle',
  properties: {
    id: p.uuid().primary(),
    /** Normalised, unique in the tenant. */
    plate: p.text(),
    kind: p.enum(VEHICLE_KINDS),
    customerId: p.uuid().strictNullable(),
  },
});
/** A vehicle that was here at least once, or that a customer registered. */
export type VehicleRow = InferEntity<typeof Vehicle>;

export const Customer = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    email: p.text().strictNullable(),
  },
});
/** Somebody known, to whom vehicles belong. */
export type CustomerRow = InferEntity<typeof Customer>;
