import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockStayAccount } from '../database/stay-account.queries.js';
import type { TicketItemRow } from '../database/ticket-item.entity.js';
import { findItem, removeItem } from '../database/ticket-item.queries.js';
import { isInside } from '../domain/stay.js';
import type { PaymentsContext } from './context.js';
import type { TicketKey } from './pay-ticket.outcome.js';
import { showWhatIsOwed } from './show-what-is-owed.js';
import { appendItemEvent } from './ticket-item-event.js';

export interface RemoveTicketItemInput {
  itemId: string;
  idempotencyKey?: string | null;
}

export type RemoveTicketItemOutcome =
  | { __typename: 'TicketItemRemoved'; ticket: TicketKey; item: TicketItemRow }
  | { __typename: 'TicketNotOpen'; message: string; ticket: TicketKey };

/** What was added by mistake is taken out while the vehicle is inside. Taken out before, it stays so. */
export async function removeTicketItem(
  on: PaymentsContext,
  input: RemoveTicketItemInput,
): Promise<RemoveTicketItemOutcome> {
  const viewer = requireScope(on.viewer, 'tickets:write');
  const { itemId } = input;
  if (!isId(itemId)) throw notFound('The item');
  return on.database.write(viewer, (tx) =>
    once<RemoveTicketItemOutcome>(
      tx,
      keyedCommand('payments', viewer, 'removeTicketItem', input),
      async () => {
        const item = await findItem(tx, itemId);
        const stay = item && (await lockStayAccount(tx, item.ticketId));
        if (!item || !stay) throw notFound('The item');
        const ticket = { id: item.ticketId };
        if (!isInside(stay.status)) {
          return { __typename: 'TicketNotOpen', message: 'This ticket is not open.', ticket };
        }
        const occurredAt = on.clock.now();
        if (await removeItem(tx, item, occurredAt)) {
          await appendItemEvent(tx, item, { type: 'ticket.item_removed', occurredAt });
          await showWhatIsOwed(tx, item.ticketId, occurredAt);
        }
        return { __typename: 'TicketItemRemoved', ticket, item };
      },
    ),
  );
}
