import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import type { TicketStatus } from '../domain/ticket-status.js';
import { Ticket, type TicketRow } from './ticket.entity.js';

export const findTickets = (tx: Transaction, ids: readonly string[]): Promise<TicketRow[]> =>
  tx.rows<TicketRow>(sql`select ${sql.columns(Ticket)} from tickets.ticket where id = any (${ids}::uuid[])`);

export const findTicketByCode = (tx: Transaction, code: string): Promise<TicketRow | undefined> =>
  tx.row<TicketRow>(sql`select ${sql.columns(Ticket)} from tickets.ticket where code = ${code}`);

/** Locks a ticket: whoever pays, closes, voids or loses it waits here for the others. */
export const lockTicket = (tx: Transaction, id: string): Promise<TicketRow | undefined> =>
  tx.row<TicketRow>(sql`select ${sql.columns(Ticket)} from tickets.ticket where id = ${id} for update`);

/** Changes the status of a locked ticket; the table tells of it. */
export const changeStatus = (
  tx: Transaction,
  id: string,
  { status, voidReason = null, changedAt }: Pick<TicketRow, 'status' | 'changedAt'> & Partial<TicketRow>,
): Promise<TicketRow> =>
  tx.one<TicketRow>(sql`
    update tickets.ticket set status = ${status}, void_reason = ${voidReason}, changed_at = ${changedAt}
    where id = ${id} returning ${sql.columns(Ticket)}`);

/** Which tickets a list holds. */
export interface TicketFilter {
  locationId?: string | null;
  status?: TicketStatus | null;
  /** Normalised. */
  plate?: string | null;
  /** From this instant on. */
  enteredFrom?: Date | null;
  /** Up to this instant, itself excluded. */
  enteredTo?: Date | null;
}

/** A page of tickets, the newest first. */
export const listTickets = (tx: Transaction, filter: TicketFilter, page: Page): Promise<TicketRow[]> =>
  tx.rows<TicketRow>(sql`
    select ${sql.columns(Ticket, 't')} from tickets.ticket t where ${matching(filter)} ${keyset(page, 't.id', 'desc')}`);

export async function countTickets(tx: Transaction, filter: TicketFilter): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*) from tickets.ticket t where ${matching(filter)}`,
  );
  return count;
}

function matching({ locationId, status, plate, enteredFrom, enteredTo }: TicketFilter): Statement {
  const conditions = [sql`true`];
  if (locationId) conditions.push(sql`t.location_id = ${locationId}`);
  // a constant, so that the list of those inside can use the index of live stays
  if (status) conditions.push(sql`t.status = ${sql.raw(`'${status}'`)}`);
  if (plate) {
    conditions.push(sql`t.vehicle_id = (select v.id from tickets.vehicle v where v.plate = ${plate})`);
  }
  if (enteredFrom) conditions.push(sql`t.entered_at >= ${enteredFrom}`);
  if (enteredTo) conditions.push(sql`t.entered_at < ${enteredTo}`);
  return sql.join(conditions, ' and ');
}

/** The newest tickets of each of these vehicles. */
export const listTicketsOfVehicles = (
  tx: Transaction,
  vehicleIds: readonly string[],
  limit: number,
): Promise<TicketRow[]> =>
  tx.rows<TicketRow>(sql`
    select ${sql.columns(Ticket, 't')} from unnest(${vehicleIds}::uuid[]) as wanted (id)
    cross join lateral (
      select * from tickets.ticket where vehicle_id = wanted.id order by id desc limit ${limit}
    ) t order by t.id desc`);

/** The newest tickets of each of these customers' vehicles. */
export const listTicketsOfCustomers = (
  tx: Transaction,
  customerIds: readonly string[],
  limit: number,
): Promise<(TicketRow & { customerId: string })[]> =>
  tx.rows<TicketRow & { customerId: string }>(sql`
    select ${sql.columns(Ticket, 't')}, wanted.id as "customerId" from unnest(${customerIds}::uuid[]) as wanted (id)
    cross join lateral (
      select t.* from tickets.ticket t join tickets.vehicle v on v.id = t.vehicle_id
      where v.customer_id = wanted.id order by t.id desc limit ${limit}
    ) t order by t.id desc`);
