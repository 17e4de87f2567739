import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { Receipt, type ReceiptRow } from './receipt.entity.js';

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
