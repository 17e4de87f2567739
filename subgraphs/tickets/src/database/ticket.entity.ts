import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { TICKET_STATUSES } from '../domain/ticket-status.js';
import { VEHICLE_KINDS } from '../domain/vehicle-kind.js';

export const Ticket = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    id: p.uuid().primary(),
    /** Unique in the tenant, and hard to guess: who holds it may ask for the ticket. */
    code: p.text(),
    locationId: p.uuid(),
    spaceId: p.uuid(),
    vehicleId: p.uuid(),
    /** As it entered; the vehicle's own kind may be corrected later. */
    vehicleKind: p.enum(VEHICLE_KINDS),
    status: p.enum(TICKET_STATUSES),
    enteredAt: p.datetime(),
    /** The share of places that were taken when it came, itself not counted; null where it is not known. */
    occupancyAtEntry: p.float().strictNullable(),
    settledAt: p.datetime().strictNullable(),
    exitedAt: p.datetime().strictNullable(),
    /** When the present status began. */
    changedAt: p.datetime(),
    voidReason: p.text().strictNullable(),
    /** Something was paid and not given back. */
    holdsMoney: p.boolean(),
  },
});
/** A stay of a vehicle, from its entry to its exit. */
export type TicketRow = InferEntity<typeof Ticket>;
