import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { UnappliedNotice } from './pending.queries.js';

export interface NewNotice extends UnappliedNotice {
  kind: string;
}

/** Puts a notice into the inbox. False: it was there already. */
export const insertNotice = async (tx: Transaction, notice: NewNotice): Promise<boolean> =>
  (await tx.run(sql`
    insert into payments.provider_notice (provider, notice_id, payment_id, kind)
    values (${notice.provider}, ${notice.noticeId}, ${notice.paymentId}, ${notice.kind})
    on conflict (provider, notice_id) do nothing`)) > 0;

export const markApplied = (
  tx: Transaction,
  { provider, noticeId }: Pick<UnappliedNotice, 'provider' | 'noticeId'>,
): Promise<number> =>
  tx.run(sql`
    update payments.provider_notice set applied_at = now()
    where provider = ${provider} and notice_id = ${noticeId} and applied_at is null`);

/** The setting under which the transaction may delete notices that were applied so many days ago, whoever's they are. */
export const keptFor = (days: number) => ({ tenantId: null, settings: { notice_days: String(days) } });

/** Returns how many that were. No condition: the policy alone says which may go. */
export const deleteOldNotices = (tx: Transaction): Promise<number> =>
  tx.run(sql`delete from payments.provider_notice`);
