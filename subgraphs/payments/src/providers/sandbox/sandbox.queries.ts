import { sql, type Statement } from '@plaza/platform/database/sql';
import type { DeclineReason, DisputeStatus } from '../../domain/payment.js';
import type { ChargeOrder, RefundOrder } from '../provider.js';
import { type Happening, type SandboxCard, SECOND_STEP_CODE } from './sandbox-tokens.js';

/** A charge as the sandbox remembers it. */
export interface ChargeRow {
  status: 'ACTION_REQUIRED' | 'PROCESSING' | 'AUTHORISED' | 'CAPTURED' | 'DECLINED' | 'CANCELLED';
  declineReason: DeclineReason | null;
  action: 'CODE' | 'AT_BANK' | null;
  dispute: DisputeStatus | null;
}

export const selectCharge = (paymentId: string): Statement => sql`
  select status, decline_reason as "declineReason", action, dispute from payments.sandbox_charge
  where payment_id = ${paymentId}`;

/** Makes a charge and plans what comes of it, `seconds` apart; does nothing for one that it knows. */
export const insertCharge = (
  { paymentId, amount, currencyCode }: ChargeOrder,
  { status, decline, action, later = [] }: SandboxCard,
  seconds: number,
): Statement => sql`
  with charge as (
    insert into payments.sandbox_charge (payment_id, status, decline_reason, action, amount, currency_code)
    values (${paymentId}, ${status}, ${decline ?? null}, ${action ?? null}, ${amount}, ${currencyCode})
    on conflict (payment_id) do nothing returning payment_id)
  insert into payments.sandbox_happening (payment_id, kind, due_at)
  select charge.payment_id, later.kind, now() + make_interval(secs => later.place * ${seconds}::float8)
  from charge, unnest(${[...later]}::text[]) with ordinality later(kind, place)`;

/** Moves a charge that stands at `from`; does nothing for another. */
export const moveCharge = (
  paymentId: string,
  from: readonly ChargeRow['status'][],
  to: ChargeRow['status'],
  declineReason: DeclineReason | null = null,
): Statement => sql`
  update payments.sandbox_charge set status = ${to}, decline_reason = ${declineReason}
  where payment_id = ${paymentId} and status = any (${[...from]}::text[])`;

/** Ends the second step of a charge that waits for a code, if there is one. */
export const confirmCharge = (paymentId: string, code: string | null): Statement => sql`
  update payments.sandbox_charge set status = case when known.is_right then 'AUTHORISED' else 'DECLINED' end,
    decline_reason = case when known.is_right then null else 'NOT_AUTHENTICATED' end
  from (select ${code}::text = ${SECOND_STEP_CODE}) known (is_right)
  where payment_id = ${paymentId} and status = 'ACTION_REQUIRED' and action = 'CODE' and known.is_right is not null`;

// a payment it never heard of is remembered as cancelled: an authorisation that comes later is answered with that
export const cancelCharge = (paymentId: string): Statement => sql`
  insert into payments.sandbox_charge as known (payment_id, status, decline_reason, amount, currency_code)
  values (${paymentId}, 'CANCELLED', 'CANCELLED', 0, '')
  on conflict (payment_id) do update set status = 'CANCELLED', decline_reason = 'CANCELLED'
  where known.status in ('AUTHORISED', 'ACTION_REQUIRED')`;

export const moveDispute = (
  paymentId: string,
  from: DisputeStatus | null,
  to: DisputeStatus,
): Statement => sql`
  update payments.sandbox_charge set dispute = ${to}
  where payment_id = ${paymentId} and status = 'CAPTURED' and dispute is not distinct from ${from}`;

export const lockCharge = (paymentId: string): Statement =>
  sql`select 1 from payments.sandbox_charge where payment_id = ${paymentId} for update`;

/** Gives money back that was captured, is not given back yet, and is not in dispute. */
export const insertRefund = ({ refundId, paymentId, amount }: RefundOrder): Statement => sql`
  insert into payments.sandbox_refund (refund_id, payment_id, amount)
  select ${refundId}, c.payment_id, ${amount}::bigint from payments.sandbox_charge c
  where c.payment_id = ${paymentId} and c.status = 'CAPTURED' and coalesce(c.dispute, 'WON') = 'WON'
    and c.amount >= ${amount}::bigint + (
      select coalesce(sum(r.amount), 0) from payments.sandbox_refund r where r.payment_id = c.payment_id)
  on conflict (refund_id) do nothing`;

export const selectRefund = (refundId: string): Statement =>
  sql`select 1 from payments.sandbox_refund where refund_id = ${refundId}`;

/** Something that the sandbox's bank has to do and tell by now. */
export interface DueHappening {
  id: string;
  tenantId: string;
  paymentId: string;
  kind: Happening;
}

/** What is due of every tenant's, in the order in which it is due. */
export const selectDue = (): Statement => sql`
  select id, tenant_id as "tenantId", payment_id as "paymentId", kind from payments.sandbox_happening
  where told_at is null and due_at <= now() order by due_at, id limit 200`;

export const markTold = (id: string): Statement =>
  sql`update payments.sandbox_happening set told_at = now() where id = ${id}`;
