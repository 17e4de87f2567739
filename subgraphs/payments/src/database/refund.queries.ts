import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { Refund, type RefundRow } from './refund.entity.js';

/** A refund, locked, and the stored answer to its command once there is one. */
export interface LockedRefund<Outcome> {
  refund: RefundRow;
  outcome: Outcome | null;
}

export const insertRefund = (tx: Transaction, refund: RefundRow): Promise<RefundRow> =>
  tx.one<RefundRow>(sql`
    insert into payments.refund (id, location_id, payment_id, status, currency_code, amount, tax, rounding, reason,
      owed_again, refunded_at)
    values (${refund.id}, ${refund.locationId}, ${refund.paymentId}, ${refund.status}, ${refund.currencyCode},
      ${refund.amount}, ${refund.tax}, ${refund.rounding}, ${refund.reason}, ${refund.owedAgain},
      ${refund.refundedAt})
    returning ${sql.columns(Refund)}`);

export async function lockRefund<Outcome>(
  tx: Transaction,
  id: string,
): Promise<LockedRefund<Outcome> | undefined> {
  const row = await tx.row<RefundRow & { outcome: Outcome | null }>(
    sql`select ${sql.columns(Refund)}, outcome from payments.refund where id = ${id} for update`,
  );
  if (!row) return undefined;
  const { outcome, ...refund } = row;
  return { refund, outcome };
}

export const finishRefundRow = (
  tx: Transaction,
  id: string,
  status: 'SUCCEEDED' | 'FAILED',
): Promise<RefundRow> =>
  tx.one<RefundRow>(sql`
    update payments.refund set status = ${status} where id = ${id} returning ${sql.columns(Refund)}`);

export const storeRefundOutcome = (tx: Transaction, id: string, outcome: object): Promise<number> =>
  tx.run(sql`update payments.refund set outcome = ${JSON.stringify(outcome)} where id = ${id}`);

/** The refunds of payments, oldest first. */
export const readRefundsOfPayments = (tx: Transaction, paymentIds: readonly string[]): Promise<RefundRow[]> =>
  tx.rows<RefundRow>(sql`
    select ${sql.columns(Refund)} from payments.refund where payment_id = any (${paymentIds}::uuid[]) order by id`);

/** The stored answer to a refund's command; null while it is under way. */
export async function readRefundOutcome<Outcome>(tx: Transaction, id: string): Promise<Outcome | null> {
  const row = await tx.row<{ outcome: Outcome | null }>(
    sql`select outcome from payments.refund where id = ${id}`,
  );
  return row?.outcome ?? null;
}
