import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { DeclineReason } from '../domain/payment.js';
import { Payment, type PaymentRow } from './payment.entity.js';

export type NewPayment = Omit<PaymentRow, 'createdAt' | 'refunded' | 'declineReason'>;

/** A payment, locked, and the stored answer to its command once there is one. */
export interface LockedPayment<Outcome> {
  payment: PaymentRow;
  outcome: Outcome | null;
}

export const insertPayment = (tx: Transaction, payment: NewPayment): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    insert into payments.payment (id, ticket_id, location_id, method, status, currency_code, amount, tax, provider,
      quote, paid_at)
    values (${payment.id}, ${payment.ticketId}, ${payment.locationId}, ${payment.method}, ${payment.status},
      ${payment.currencyCode}, ${payment.amount}, ${payment.tax}, ${payment.provider},
      ${JSON.stringify(payment.quote)}, ${payment.paidAt})
    returning ${sql.columns(Payment)}`);

export async function lockPayment<Outcome>(
  tx: Transaction,
  id: string,
): Promise<LockedPayment<Outcome> | undefined> {
  const row = await tx.row<PaymentRow & { outcome: Outcome | null }>(
    sql`select ${sql.columns(Payment)}, outcome from payments.payment where id = ${id} for update`,
  );
  if (!row) return undefined;
  const { outcome, ...payment } = row;
  return { payment, outcome };
}

export const markSucceeded = (tx: Transaction, id: string, reference: string): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = 'SUCCEEDED', provider_reference = ${reference}
    where id = ${id} returning ${sql.columns(Payment)}`);

export const markDeclined = (
  tx: Transaction,
  id: string,
  status: 'DECLINED' | 'CANCELLED',
  reason: DeclineReason,
): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = ${status}, decline_reason = ${reason}
    where id = ${id} returning ${sql.columns(Payment)}`);

/** Adds to what was, or is about to be, given back; the table refuses more than was paid. */
export const addRefunded = (tx: Transaction, id: string, amount: number): Promise<number> =>
  tx.run(sql`update payments.payment set refunded = refunded + ${amount} where id = ${id}`);

/** Shows in the status what has been given back for good. */
export const markRefunded = (tx: Transaction, id: string): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = case when amount = (
      select sum(r.amount) from payments.refund r where r.payment_id = payment.id and r.status = 'SUCCEEDED'
    ) then 'REFUNDED' else 'PARTIALLY_REFUNDED' end
    where id = ${id} returning ${sql.columns(Payment)}`);

export const storeOutcome = (tx: Transaction, id: string, outcome: object): Promise<number> =>
  tx.run(sql`update payments.payment set outcome = ${JSON.stringify(outcome)} where id = ${id}`);

/** The stored answer to a payment's command; null while it is under way. */
export async function readOutcome<Outcome>(tx: Transaction, id: string): Promise<Outcome | null> {
  const row = await tx.row<{ outcome: Outcome | null }>(
    sql`select outcome from payments.payment where id = ${id}`,
  );
  return row?.outcome ?? null;
}

export const readPayments = (tx: Transaction, ids: readonly string[]): Promise<PaymentRow[]> =>
  tx.rows<PaymentRow>(
    sql`select ${sql.columns(Payment)} from payments.payment where id = any (${ids}::uuid[])`,
  );

/** Every payment of these tickets, oldest first. */
export const readPaymentsOfTickets = (tx: Transaction, ticketIds: readonly string[]): Promise<PaymentRow[]> =>
  tx.rows<PaymentRow>(sql`
    select ${sql.columns(Payment)} from payments.payment where ticket_id = any (${ticketIds}::uuid[]) order by id`);
