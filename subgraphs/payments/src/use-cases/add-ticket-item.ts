import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { lockStayAccount } from '../database/stay-account.queries.js';
import type { TicketItemRow } from '../database/ticket-item.entity.js';
import { insertItem } from '../database/ticket-item.queries.js';
import { isInside } from '../domain/stay.js';
import type { PaymentsContext } from './context.js';
import type { TicketKey } from './pay-ticket.outcome.js';
import { showWhatIsOwed } from './show-what-is-owed.js';
import { appendItemEvent } from './ticket-item-event.js';

export interface AddTicketItemInput {
  ticketId: string;
  code: string;
  /** A decimal in the item's unit, with at most 6 places. */
  quantity: string;
  idempotencyKey?: string | null;
}

export type AddTicketItemOutcome =
  | { __typename: 'TicketItemAdded'; ticket: TicketKey; item: TicketItemRow }
  | { __typename: 'ItemNotSold'; message: string; ticket: TicketKey; sold: string[] }
  | { __typename: 'TicketNotOpen'; message: string; ticket: TicketKey };

const QUANTITY = /^-?\d+(\.\d+)?$/;
const PRECISE = /\.\d{7}/;
const MOST = 1_000_000;

/** Something that the stay's tariff sells is bought on a ticket while its vehicle is inside: it is in the quote at once, and a settled ticket open again. */
export async function addTicketItem(
  on: PaymentsContext,
  input: AddTicketItemInput,
): Promise<AddTicketItemOutcome> {
  const viewer = requireScope(on.viewer, 'tickets:write');
  const { ticketId, code, quantity } = input;
  if (!isId(ticketId)) throw notFound('The ticket');
  if (!QUANTITY.test(quantity))
    throw badUserInput('quantity', 'A quantity is a decimal string such as "12.5".');
  if (PRECISE.test(quantity)) throw badUserInput('quantity', 'A quantity has at most 6 decimals.');
  if (!(Number(quantity) > 0 && Number(quantity) <= MOST)) {
    throw badUserInput('quantity', `A quantity is more than 0 and at most ${MOST}.`);
  }
  return on.database.write(viewer, (tx) =>
    once<AddTicketItemOutcome>(tx, keyedCommand('payments', viewer, 'addTicketItem', input), async () => {
      const stay = await lockStayAccount(tx, ticketId);
      if (!stay) throw notFound('The ticket');
      const ticket = { id: ticketId };
      if (!isInside(stay.status)) {
        return { __typename: 'TicketNotOpen', message: 'This ticket is not open.', ticket };
      }
      const items = stay.rules?.items ?? [];
      const sold = items.find((item) => item.code === code);
      if (!sold) {
        const message = 'The tariff of this stay does not sell that.';
        return { __typename: 'ItemNotSold', message, ticket, sold: items.map((item) => item.code) };
      }
      const { name, unit } = sold;
      const addedAt = on.clock.now();
      const { locationId } = stay;
      const item = { id: newId(), locationId, ticketId, code, name, unit, quantity, addedAt };
      const [added] = await Promise.all([
        insertItem(tx, item),
        appendItemEvent(tx, item, { type: 'ticket.item_added', occurredAt: addedAt }),
      ]);
      if (stay.status === 'SETTLED') await showWhatIsOwed(tx, ticketId, addedAt);
      return { __typename: 'TicketItemAdded', ticket, item: added };
    }),
  );
}
