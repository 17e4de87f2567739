import { defineEntity, type InferEntity } from '@mikro-orm/core';

/** Something that was bought on a ticket beside its time. */
export const TicketItem = defineEntity({
  name: 'TicketItem',
  tableName: 'ticket_item',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    ticketId: p.uuid(),
    /** The code, the name and the unit that the tariff had for it. */
    code: p.string(),
    name: p.string(),
    unit: p.string(),
    /** A decimal. */
    quantity: p.decimal('string'),
    addedAt: p.datetime(),
  }),
});
export type TicketItemRow = InferEntity<typeof TicketItem>;
