import { Migration } from '@mikro-orm/migrations';

// A notice that waits to be applied is never forgotten, and none before thirty days, whoever asks: its provider may still
// repeat it. Both policies, because those of the tenant would otherwise let each of its transactions delete.
const FORGOTTEN = `
  create index provider_notice_applied on payments.provider_notice (applied_at) where applied_at is not null;
  create policy forgotten on payments.provider_notice for delete to plaza_payments using (true);
  create policy forgotten_late on payments.provider_notice as restrictive for delete to plaza_payments
    using (applied_at < now() - make_interval(days =>
      greatest(30, nullif(current_setting('plaza.notice_days', true), '')::integer)));
  grant delete on payments.provider_notice to plaza_payments;
`;

/** Notices of providers go when nobody repeats them any more. */
export class Migration20261122232000_notices_forgotten extends Migration {
  override up(): void {
    this.addSql(FORGOTTEN);
  }
}
