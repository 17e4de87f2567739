import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { Receipt, type ReceiptRow } from './receipt.entity.js';

/** What a receipt is issued for; its year is the one on the location's own calendar. */
export interface ReceiptOrder {
  locationId: string;
  timeZone: string;
  ticketId: string;
  paymentId: string;
  issuedAt: Date;
}

/**
 * Issues the location's next receipt of the year. The counter stays locked until the transaction ends, so that a
 * rolled-back payment leaves no gap: issue it late, others wait for it.
 */
export const issueReceipt = (tx: Transaction, order: ReceiptOrder): Promise<ReceiptRow> =>
  tx.one<ReceiptRow>(sql`
    with counted as (
      insert into payments.receipt_counter as counter (location_id, year, last_number)
      values (${order.locationId}, extract(year from ${order.issuedAt}::timestamptz at time zone ${order.timeZone}), 1)
      on conflict (tenant_id, location_id, year) do update set last_number = counter.last_number + 1
      returning year, last_number
    )
    insert into payments.receipt (location_id, year, number, ticket_id, payment_id, issued_at)
    select ${order.locationId}, year, last_number, ${order.ticketId}, ${order.paymentId}, ${order.issuedAt} from counted
    returning ${sql.columns(Receipt)}`);

/** The latest receipt of each ticket that has one. */
export const readReceiptsOfTickets = (tx: Transaction, ticketIds: readonly string[]): Promise<ReceiptRow[]> =>
  tx.rows<ReceiptRow>(sql`
    select distinct on (ticket_id) ${sql.columns(Receipt)} from payments.receipt
    where ticket_id = any (${ticketIds}::uuid[]) order by ticket_id, issued_at desc, number desc`);

/** The receipts of payments, one each. */
export const readReceiptsOfPayments = (
  tx: Transaction,
  paymentIds: readonly string[],
): Promise<ReceiptRow[]> =>
  tx.rows<ReceiptRow>(sql`
    select ${sql.columns(Receipt)} from payments.receipt where payment_id = any (${paymentIds}::uuid[])`);
