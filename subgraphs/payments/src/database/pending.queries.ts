import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';

/** A payment that nobody may be working on any more. */
export interface PendingPayment {
  paymentId: string;
  tenantId: string;
  ticketId: string;
  provider: string;
}

/** A refund that nobody may be working on any more. */
export interface PendingRefund {
  refundId: string;
  paymentId: string;
  tenantId: string;
}

/** The setting under which the transaction sees what is PENDING, whoever's it is. */
export const RECOVERY_SCOPE = { tenantId: null, settings: { recovery: 'on' } };

const MOST = 500;

/** PENDING payments of every tenant that are older than `seconds`, oldest first. */
export const readPendingPayments = (tx: Transaction, seconds: number): Promise<PendingPayment[]> =>
  tx.rows<PendingPayment>(sql`
    select id as "paymentId", tenant_id as "tenantId", ticket_id as "ticketId", provider from payments.payment
    where status = 'PENDING' and created_at <= now() - make_interval(secs => ${seconds})
    order by created_at limit ${MOST}`);

/** PENDING refunds of every tenant that are older than `seconds`, oldest first. */
export const readPendingRefunds = (tx: Transaction, seconds: number): Promise<PendingRefund[]> =>
  tx.rows<PendingRefund>(sql`
    select id as "refundId", payment_id as "paymentId", tenant_id as "tenantId" from payments.refund
    where status = 'PENDING' and created_at <= now() - make_interval(secs => ${seconds})
    order by created_at limit ${MOST}`);
