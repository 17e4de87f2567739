import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { DisputeStatus } from '../domain/payment.js';
import { Dispute, type DisputeRow } from './dispute.entity.js';

/** The dispute that the provider names so; undefined while we have not heard of it. */
export const findDispute = (
  tx: Transaction,
  paymentId: string,
  reference: string,
): Promise<DisputeRow | undefined> =>
  tx.row<DisputeRow>(sql`
    select ${sql.columns(Dispute)} from payments.dispute
    where payment_id = ${paymentId} and reference = ${reference}`);

export const openDispute = (
  tx: Transaction,
  dispute: Pick<DisputeRow, 'locationId' | 'paymentId' | 'reference' | 'reason' | 'openedAt'>,
): Promise<DisputeRow> =>
  tx.one<DisputeRow>(sql`
    insert into payments.dispute (location_id, payment_id, reference, status, reason, opened_at)
    values (${dispute.locationId}, ${dispute.paymentId}, ${dispute.reference}, 'OPEN', ${dispute.reason},
      ${dispute.openedAt})
    returning ${sql.columns(Dispute)}`);

export const closeDispute = (
  tx: Transaction,
  id: string,
  status: Exclude<DisputeStatus, 'OPEN'>,
  closedAt: Date,
): Promise<DisputeRow> =>
  tx.one<DisputeRow>(sql`
    update payments.dispute set status = ${status}, closed_at = ${closedAt}
    where id = ${id} returning ${sql.columns(Dispute)}`);

/** Whether the bank decided a dispute of this payment for the payer: then it took back all that was left. */
export const wasLost = async (tx: Transaction, paymentId: string): Promise<boolean> =>
  (await tx.row(sql`select 1 from payments.dispute where payment_id = ${paymentId} and status = 'LOST'`)) !==
  undefined;

/** The disputes of payments, oldest first. */
export const readDisputesOfPayments = (
  tx: Transaction,
  paymentIds: readonly string[],
): Promise<DisputeRow[]> =>
  tx.rows<DisputeRow>(sql`
    select ${sql.columns(Dispute)} from payments.dispute where payment_id = any (${paymentIds}::uuid[]) order by id`);
