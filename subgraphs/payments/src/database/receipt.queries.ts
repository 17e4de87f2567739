import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { readLocations } from '../contract/spaces.js';
import { readStays } from '../contract/tickets.js';
import { Payment, type PaymentRow } from './payment.entity.js';
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

export const readReceipts = (tx: Transaction, ids: readonly string[]): Promise<ReceiptRow[]> =>
  tx.rows<ReceiptRow>(
    sql`select ${sql.columns(Receipt)} from payments.receipt where id = any (${ids}::uuid[])`,
  );

/** A receipt with all that is printed on it. */
export interface PrintableReceipt {
  receipt: ReceiptRow;
  payment: PaymentRow;
  ticketCode: string;
  enteredAt: Date;
  timeZone: string;
}

/** A receipt to be printed; undefined where the transaction's viewer sees none. */
export async function readPrintableReceipt(
  tx: Transaction,
  id: string,
): Promise<PrintableReceipt | undefined> {
  const [receipt] = await readReceipts(tx, [id]);
  if (!receipt) return undefined;
  const [payment, stay, place] = await Promise.all([
    tx.one<PaymentRow>(
      sql`select ${sql.columns(Payment)} from payments.payment where id = ${receipt.paymentId}`,
    ),
    tx.one<{ code: string; enteredAt: Date }>(sql`
      select code, entered_at as "enteredAt" from ${readStays([receipt.ticketId])}`),
    tx.one<{ timeZone: string }>(sql`
      select time_zone as "timeZone" from ${readLocations(sql`array[${receipt.locationId}]::uuid[]`)}`),
  ]);
  return { receipt, payment, ticketCode: stay.code, enteredAt: stay.enteredAt, timeZone: place.timeZone };
}
