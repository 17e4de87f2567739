import { sql, type Statement } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** A payment that the provider has not decided, and that nobody may be working on any more. */
export interface PendingPayment {
  paymentId: string;
  tenantId: string;
  ticketId: string;
  provider: string;
  createdAt: Date;
}

/** A refund that nobody may be working on any more. */
export interface PendingRefund {
  refundId: string;
  paymentId: string;
  tenantId: string;
}

/** A notice that was received and not applied. */
export interface UnappliedNotice {
  provider: string;
  noticeId: string;
  tenantId: string;
  paymentId: string;
}

/** The setting under which the transaction sees what is unfinished, whoever's it is. */
export const RECOVERY_SCOPE = { tenantId: null, settings: { recovery: 'on' } };

const MOST = 500;
const MOST_DOUBLINGS = 8;

/** First after `seconds`, then after twice as long, and so on: with 30 s that is up to two hours apart. */
const isDue = (since: 'created_at' | 'received_at', seconds: number): Statement => sql`
  coalesce(checked_at, ${sql.raw(since)}) <= now() - make_interval(secs =>
    ${seconds}::float8 * power(2, least(checks, ${MOST_DOUBLINGS})))`;

/** Unfinished payments of every tenant whose turn it is, oldest first. */
export const readPendingPayments = (tx: Transaction, seconds: number): Promise<PendingPayment[]> =>
  tx.rows<PendingPayment>(sql`
    select id as "paymentId", tenant_id as "tenantId", ticket_id as "ticketId", provider, created_at as "createdAt"
    from payments.payment where status in ('PENDING', 'AUTHORIZED') and ${isDue('created_at', seconds)}
    order by created_at limit ${MOST}`);

/** Unfinished refunds of every tenant whose turn it is, oldest first. */
export const readPendingRefunds = (tx: Transaction, seconds: number): Promise<PendingRefund[]> =>
  tx.rows<PendingRefund>(sql`
    select id as "refundId", payment_id as "paymentId", tenant_id as "tenantId" from payments.refund
    where status = 'PENDING' and ${isDue('created_at', seconds)}
    order by created_at limit ${MOST}`);

/** Notices of every tenant that wait to be applied and whose turn it is, oldest first. */
export const readUnappliedNotices = (tx: Transaction, seconds: number): Promise<UnappliedNotice[]> =>
  tx.rows<UnappliedNotice>(sql`
    select provider, notice_id as "noticeId", tenant_id as "tenantId", payment_id as "paymentId"
    from payments.provider_notice where applied_at is null and ${isDue('received_at', seconds)}
    order by received_at limit ${MOST}`);

/** Takes the turn; false when another process has taken it or there is nothing to do any more. */
export const claimPayment = (tx: Transaction, id: string, seconds: number): Promise<boolean> =>
  claim(
    tx,
    sql`update payments.payment set checks = checks + 1, checked_at = now()
      where id = ${id} and status in ('PENDING', 'AUTHORIZED') and ${isDue('created_at', seconds)}`,
  );

/** As claimPayment, of a refund. */
export const claimRefund = (tx: Transaction, id: string, seconds: number): Promise<boolean> =>
  claim(
    tx,
    sql`update payments.refund set checks = checks + 1, checked_at = now()
      where id = ${id} and status = 'PENDING' and ${isDue('created_at', seconds)}`,
  );

/** As claimPayment, of a notice. */
export const claimNotice = (
  tx: Transaction,
  { provider, noticeId }: Pick<UnappliedNotice, 'provider' | 'noticeId'>,
  seconds: number,
): Promise<boolean> =>
  claim(
    tx,
    sql`update payments.provider_notice set checks = checks + 1, checked_at = now()
      where provider = ${provider} and notice_id = ${noticeId} and applied_at is null
        and ${isDue('received_at', seconds)}`,
  );

const claim = async (tx: Transaction, update: Statement): Promise<boolean> => (await tx.run(update)) > 0;
