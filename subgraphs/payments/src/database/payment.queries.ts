import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { DeclineReason, NextAction } from '../domain/payment.js';
import { holdMoney } from '../contract/tickets.js';
import { Payment, type PaymentRow } from './payment.entity.js';

export type NewPayment = Omit<PaymentRow, 'createdAt' | 'refunded' | 'declineReason' | 'nextAction'>;

/** A payment and the stored answer to its command once there is one. */
export interface StoredPayment<Outcome> {
  payment: PaymentRow;
  outcome: Outcome | null;
}

export const insertPayment = (tx: Transaction, payment: NewPayment): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    insert into payments.payment (id, ticket_id, location_id, method, status, currency_code, amount, tax, rounding,
      cash_received, provider, quote, paid_at)
    values (${payment.id}, ${payment.ticketId}, ${payment.locationId}, ${payment.method}, ${payment.status},
      ${payment.currencyCode}, ${payment.amount}, ${payment.tax}, ${payment.rounding}, ${payment.cashReceived},
      ${payment.provider}, ${JSON.stringify(payment.quote)}, ${payment.paidAt})
    returning ${sql.columns(Payment)}`);

export const lockPayment = <Outcome>(
  tx: Transaction,
  id: string,
): Promise<StoredPayment<Outcome> | undefined> => storedPayment(tx, id, sql`for update`);

async function storedPayment<Outcome>(
  tx: Transaction,
  id: string,
  lock: Statement,
): Promise<StoredPayment<Outcome> | undefined> {
  const row = await tx.row<PaymentRow & { outcome: Outcome | null }>(
    sql`select ${sql.columns(Payment)}, outcome from payments.payment where id = ${id} ${lock}`,
  );
  if (!row) return undefined;
  const { outcome, ...payment } = row;
  return { payment, outcome };
}

/** The provider waits for somebody: the payer, or its own bank. */
export const markWaiting = (
  tx: Transaction,
  id: string,
  reference: string,
  nextAction: NextAction,
): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set provider_reference = ${reference}, next_action = ${JSON.stringify(nextAction)}
    where id = ${id} returning ${sql.columns(Payment)}`);

export const markAuthorized = (tx: Transaction, id: string, reference: string): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = 'AUTHORIZED', provider_reference = ${reference}, next_action = null
    where id = ${id} returning ${sql.columns(Payment)}`);

export const markSucceeded = (tx: Transaction, id: string, reference: string): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = 'SUCCEEDED', provider_reference = ${reference}, next_action = null
    where id = ${id} returning ${sql.columns(Payment)}`);

export const markDeclined = (
  tx: Transaction,
  id: string,
  status: 'DECLINED' | 'CANCELLED',
  reason: DeclineReason,
): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = ${status}, decline_reason = ${reason}, next_action = null
    where id = ${id} returning ${sql.columns(Payment)}`);

/** Adds to what was, or is about to be, given back; the table refuses more than was paid. */
export const addRefunded = (tx: Transaction, id: string, amount: number): Promise<number> =>
  tx.run(sql`update payments.payment set refunded = refunded + ${amount} where id = ${id}`);

/** Shows in the status what has been given back for good, unless the payer's bank is still to decide. */
export const markRefunded = (tx: Transaction, id: string): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = case when status = 'DISPUTED' and exists (
        select from payments.dispute d where d.payment_id = payment.id and d.status = 'OPEN') then status
      else (select case coalesce(sum(r.amount), 0) when 0 then 'SUCCEEDED' when payment.amount then 'REFUNDED'
          else 'PARTIALLY_REFUNDED' end
        from payments.refund r where r.payment_id = payment.id and r.status = 'SUCCEEDED') end
    where id = ${id} returning ${sql.columns(Payment)}`);

/** Tells the ticket whether anything that was paid for it is still kept. */
export const showMoneyHeld = (tx: Transaction, ticketId: string): Promise<void> =>
  holdMoney(
    tx,
    ticketId,
    sql`exists (
      select from payments.payment p where p.ticket_id = ${ticketId}
        and p.status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED')
        and p.amount > (select coalesce(sum(r.amount), 0) from payments.refund r
          where r.payment_id = p.id and r.status = 'SUCCEEDED'))`,
  );

export const markDisputed = (tx: Transaction, id: string): Promise<PaymentRow> =>
  tx.one<PaymentRow>(sql`
    update payments.payment set status = 'DISPUTED' where id = ${id} returning ${sql.columns(Payment)}`);

export const storeOutcome = (tx: Transaction, id: string, outcome: object): Promise<number> =>
  tx.run(sql`update payments.payment set outcome = ${JSON.stringify(outcome)} where id = ${id}`);

/** A payment and the stored answer to its command, not locked. */
export const readStoredPayment = <Outcome>(
  tx: Transaction,
  id: string,
): Promise<StoredPayment<Outcome> | undefined> => storedPayment(tx, id, sql``);

export const readPayments = (tx: Transaction, ids: readonly string[]): Promise<PaymentRow[]> =>
  tx.rows<PaymentRow>(
    sql`select ${sql.columns(Payment)} from payments.payment where id = any (${ids}::uuid[])`,
  );

/** Every payment of these tickets, oldest first. */
export const readPaymentsOfTickets = (tx: Transaction, ticketIds: readonly string[]): Promise<PaymentRow[]> =>
  tx.rows<PaymentRow>(sql`
    select ${sql.columns(Payment)} from payments.payment where ticket_id = any (${ticketIds}::uuid[]) order by id`);
