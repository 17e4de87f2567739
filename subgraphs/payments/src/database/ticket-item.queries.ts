import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { TicketItem, type TicketItemRow } from './ticket-item.entity.js';

const STANDS = sql`not exists (select from payments.ticket_item_removal r where r.item_id = i.id)`;

/** The items of a `stay` in a FROM clause, as a charge takes them: one column, "items". */
export const itemsOfStay = sql`
  select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'quantity', i.quantity) order by i.id), '[]') as items
  from payments.ticket_item i where i.ticket_id = stay.ticket_id and ${STANDS}`;

/** What was bought on these tickets and not taken out again, oldest first. */
export const readItemsOf = (tx: Transaction, ticketIds: readonly string[]): Promise<TicketItemRow[]> =>
  tx.rows<TicketItemRow>(sql`
    select ${sql.columns(TicketItem, 'i')} from payments.ticket_item i
    where i.ticket_id = any (${ticketIds}::uuid[]) and ${STANDS} order by i.id`);

export const findItem = (tx: Transaction, id: string): Promise<TicketItemRow | undefined> =>
  tx.row<TicketItemRow>(sql`select ${sql.columns(TicketItem)} from payments.ticket_item where id = ${id}`);

export const insertItem = (tx: Transaction, item: TicketItemRow): Promise<TicketItemRow> =>
  tx.one<TicketItemRow>(sql`
    insert into payments.ticket_item (id, location_id, ticket_id, code, name, unit, quantity, added_at)
    values (${item.id}, ${item.locationId}, ${item.ticketId}, ${item.code}, ${item.name}, ${item.unit},
      ${item.quantity}::numeric, ${item.addedAt})
    returning ${sql.columns(TicketItem)}`);

/** Takes an item out, once; false: it was taken out before. */
export const removeItem = async (
  tx: Transaction,
  { id, locationId, ticketId }: Pick<TicketItemRow, 'id' | 'locationId' | 'ticketId'>,
  removedAt: Date,
): Promise<boolean> =>
  (await tx.run(sql`
    insert into payments.ticket_item_removal (item_id, location_id, ticket_id, removed_at)
    values (${id}, ${locationId}, ${ticketId}, ${removedAt}) on conflict (item_id) do nothing`)) === 1;
