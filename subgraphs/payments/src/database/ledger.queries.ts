import { newId } from '@plaza/platform/ids';
import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { LedgerLine } from '../domain/ledger.js';
import type { TaxShare } from '../domain/tax-shares.js';

/** What a ledger transaction records: each is recorded once. */
export type LedgerSource =
  | { paymentId: string; refundId: string | null }
  | { validationId: string }
  | { merchantPaymentId: string }
  /** A shift whose float is put into the drawer. */
  | { openingOf: string }
  /** A shift whose cash was counted. */
  | { closingOf: string };

/** A balanced set of lines and what it records. */
export type Booking = LedgerSource & {
  locationId: string;
  occurredAt: Date;
  currencyCode: string;
  lines: LedgerLine[];
};

/**
 * Books the lines; cash belongs to the open shift of its drawer, which cannot be closed meanwhile. The database refuses
 * the commit when the lines do not add up to zero.
 */
export async function book(tx: Transaction, booking: Booking): Promise<void> {
  const { locationId, occurredAt, currencyCode, lines } = booking;
  const { paymentId, refundId, validationId, merchantPaymentId, openingOf, closingOf } = {
    ...NO_SOURCE,
    ...booking,
  };
  const transactionId = newId();
  const kinds = lines.map((line) => line.account);
  const percents = lines.map((line) => line.taxPercent ?? null);
  const amounts = lines.map((line) => line.amount);
  const itself = openingOf ?? closingOf;
  const shift =
    itself === null && kinds.includes('CASH_DRAWER')
      ? sql`payments.shift_of_cash(${locationId})`
      : sql`${itself}::uuid`;
  await Promise.all([
    tx.run(sql`
      insert into payments.ledger_transaction (id, location_id, payment_id, refund_id, validation_id, merchant_payment_id,
        opening_of, closing_of, cash_shift_id, occurred_at)
      values (${transactionId}, ${locationId}, ${paymentId}, ${refundId}, ${validationId}, ${merchantPaymentId},
        ${openingOf}, ${closingOf}, ${shift}, ${occurredAt})`),
    tx.run(sql`
      insert into payments.entry (transaction_id, location_id, account_id, amount, currency_code)
      select ${transactionId}, ${locationId},
        payments.account_id(${locationId}, line.kind, ${currencyCode}, line.percent), line.amount, ${currencyCode}
      from unnest(${kinds}::text[], ${percents}::numeric[], ${amounts}::bigint[]) line(kind, percent, amount)`),
  ]);
}

const NO_SOURCE = {
  paymentId: null,
  refundId: null,
  validationId: null,
  merchantPaymentId: null,
  openingOf: null,
  closingOf: null,
};

/** What is left of a payment by rate: what was booked less what was booked back. */
export const readSharesLeft = (tx: Transaction, paymentId: string): Promise<TaxShare[]> =>
  readShares(tx, sql`t.payment_id = ${paymentId}`);

/** What the payments of a ticket paid by rate, less what was given back to be owed again. */
export const readSharesPaid = (tx: Transaction, ticketId: string): Promise<TaxShare[]> =>
  readShares(
    tx,
    sql`t.payment_id in (select p.id from payments.payment p where p.ticket_id = ${ticketId})
      and (t.refund_id is null or t.refund_id in (
        select r.id from payments.refund r join payments.payment p on p.id = r.payment_id
        where p.ticket_id = ${ticketId} and r.owed_again))`,
  );

async function readShares(tx: Transaction, booked: Statement): Promise<TaxShare[]> {
  const rows = await tx.rows<{ percent: string | null; amount: number; tax: number }>(sql`
    select a.tax_percent as percent, -sum(e.amount)::bigint as amount,
      -coalesce(sum(e.amount) filter (where a.kind = 'TAX'), 0)::bigint as tax
    from payments.ledger_transaction t
    join payments.entry e on e.transaction_id = t.id
    join payments.account a on a.id = e.account_id
    where ${booked} and a.kind in ('REVENUE', 'REFUNDS', 'TAX')
    group by a.tax_percent order by a.tax_percent`);
  return rows.map(({ percent, ...share }) => ({
    percent: percent === null ? null : Number(percent),
    ...share,
  }));
}
