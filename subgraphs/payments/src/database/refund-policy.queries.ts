import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { DEFAULT_REFUND_POLICY, type RefundPolicy as Policy } from '../domain/refund-policy.js';
import { RefundPolicy, type RefundPolicyRow } from './refund-policy.entity.js';

/** A policy and where it holds: null for all of the organization, undefined for what holds where nothing was set. */
export type PolicyInForce = Policy & { locationId?: string | null; setAt?: Date };

/** The newest policy of the location, else of the organization, else what holds where nothing was set. */
export async function readRefundPolicy(tx: Transaction, locationId: string | null): Promise<PolicyInForce> {
  const found = await tx.row<RefundPolicyRow>(sql`
    select ${sql.columns(RefundPolicy)} from payments.refund_policy
    where location_id = ${locationId} or location_id is null
    order by location_id is null, id desc limit 1`);
  return found ?? DEFAULT_REFUND_POLICY;
}

export const insertRefundPolicy = (
  tx: Transaction,
  { locationId, windowDays, mostPercent, reasons, who }: Policy & { locationId: string | null },
): Promise<RefundPolicyRow> =>
  tx.one<RefundPolicyRow>(sql`
    insert into payments.refund_policy (location_id, window_days, most_percent, reasons, who)
    values (${locationId}, ${windowDays ?? null}, ${mostPercent}, ${[...reasons]}::text[], ${who})
    returning ${sql.columns(RefundPolicy)}`);
