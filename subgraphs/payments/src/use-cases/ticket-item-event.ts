import type { Transaction } from '@plaza/platform/database/transaction';
import { appendEvent } from '@plaza/platform/events/append';
import type { TicketItemRow } from '../database/ticket-item.entity.js';

/** Tells that something was bought on a ticket, or taken out of what was bought. */
export const appendItemEvent = (
  tx: Transaction,
  { id, ticketId, locationId, code, name, unit, quantity }: TicketItemRow,
  { type, occurredAt }: { type: 'ticket.item_added' | 'ticket.item_removed'; occurredAt: Date },
): Promise<void> =>
  appendEvent(tx, {
    type,
    subject: { type: 'Ticket', id: ticketId },
    locationId,
    occurredAt,
    data: {
      ticketId,
      locationId,
      itemId: id,
      itemCode: code,
      name,
      unit,
      quantity: String(Number(quantity)),
    },
  });
