import { newId } from '@plaza/platform/ids';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { LedgerLine } from '../domain/ledger.js';

/** A balanced set of lines and what it records: a payment, or with `refundId` a refund of it. */
export interface Booking {
  locationId: string;
  paymentId: string;
  refundId: string | null;
  occurredAt: Date;
  currencyCode: string;
  lines: LedgerLine[];
}

/** Books the lines. The database refuses the commit when they do not add up to zero. */
export async function book(tx: Transaction, booking: Booking): Promise<void> {
  const { locationId, paymentId, refundId, occurredAt, currencyCode, lines } = booking;
  const transactionId = newId();
  const kinds = lines.map((line) => line.account);
  const amounts = lines.map((line) => line.amount);
  await Promise.all([
    tx.run(sql`
      insert into payments.ledger_transaction (id, location_id, payment_id, refund_id, occurred_at)
      values (${transactionId}, ${locationId}, ${paymentId}, ${refundId}, ${occurredAt})`),
    tx.run(sql`
      insert into payments.entry (transaction_id, location_id, account_id, amount, currency_code)
      select ${transactionId}, ${locationId}, payments.account_id(${locationId}, line.kind, ${currencyCode}),
        line.amount, ${currencyCode}
      from unnest(${kinds}::text[], ${amounts}::bigint[]) line(kind, amount)`),
  ]);
}
