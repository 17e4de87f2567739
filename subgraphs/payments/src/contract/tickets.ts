import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** The stays of these tickets that the transaction's viewer may see: a table for a FROM clause. */
export const readStays = (ticketIds: readonly string[]): Statement => readStaysIn(sql`${ticketIds}::uuid[]`);

/** The same for a uuid[] expression. */
export const readStaysIn = (ticketIds: Statement): Statement => sql`tickets.read_stays(${ticketIds})`;

/**
 * The closed stay of the same vehicle and location that ended last before this one began, at most so long before it; the
 * same one whenever it is asked. A table for a FROM clause.
 */
export const readEarlierStay = (ticketId: Statement, within: Statement): Statement =>
  sql`tickets.read_earlier_stay(${ticketId}, ${within})`;

/** Locks a ticket's stay until the transaction ends: whoever pays it or lets it leave waits here for the other. */
export const lockStay = async (tx: Transaction, ticketId: string): Promise<void> => {
  await tx.run(sql`select ticket_id from tickets.lock_stay(${ticketId})`);
};

/** OPEN -> SETTLED: nothing is due for now. */
export const settleStay = async (tx: Transaction, ticketId: string, settledAt: Date): Promise<void> => {
  await tx.run(sql`select tickets.settle_stay(${ticketId}, ${settledAt})`);
};

/** SETTLED -> OPEN, or LOST where the ticket was lost: something is due again. Of a stay that is not settled nothing changes. */
export const reopenStay = async (tx: Transaction, ticketId: string, reopenedAt: Date): Promise<void> => {
  await tx.run(sql`select tickets.reopen_stay(${ticketId}, ${reopenedAt})`);
};

/** Money of a stay's payers was received; `settledAt`: nothing is due any more since then, null: something is. */
export const receiveMoney = async (
  tx: Transaction,
  ticketId: string,
  settledAt: Date | null,
): Promise<void> => {
  await tx.run(sql`select tickets.receive_money(${ticketId}, ${settledAt})`);
};

/** Tells the ticket whether money of its payers is kept for it: then it cannot be voided. */
export const holdMoney = async (tx: Transaction, ticketId: string, held: Statement): Promise<void> => {
  await tx.run(sql`select tickets.hold_money(${ticketId}, ${held})`);
};

/** The vehicle has left: the ticket is CLOSED and its space free. */
export const closeStay = async (tx: Transaction, ticketId: string, exitedAt: Date): Promise<void> => {
  await tx.run(sql`select tickets.close_stay(${ticketId}, ${exitedAt})`);
};

/** A stay that has ended. */
export interface PastStay {
  ticketId: string;
  exitedAt: Date;
}

/** The stays that ended at a location in a period (`to` excluded), oldest exit first, after the one that was read last. */
export const readPastStays = (
  tx: Transaction,
  { locationId, from, to }: { locationId: string; from: Date; to: Date },
  after: PastStay | null,
  most: number,
): Promise<PastStay[]> =>
  tx.rows<PastStay>(sql`
    select ticket_id as "ticketId", exited_at as "exitedAt"
    from tickets.read_past_stays(${locationId}, ${from}, ${to}, ${after?.exitedAt ?? null}, ${after?.ticketId ?? null}, ${most})`);

/** How many stays ended at a location in a period: an expression. */
export const countPastStays = (locationId: string, from: Date, to: Date): Statement =>
  sql`tickets.count_past_stays(${locationId}, ${from}, ${to})`;

/** Whether a vehicle entered at a location at an instant or later. */
export const hasEntriesSince = async (tx: Transaction, locationId: string, since: Date): Promise<boolean> =>
  (await tx.one<{ found: boolean }>(sql`select tickets.has_entries_since(${locationId}, ${since}) as found`))
    .found;

/** Whether a vehicle was inside at a location at an instant or later, whenever it entered. */
export const hasStaysSince = async (tx: Transaction, locationId: string, since: Date): Promise<boolean> =>
  (await tx.one<{ found: boolean }>(sql`select tickets.has_stays_since(${locationId}, ${since}) as found`))
    .found;
