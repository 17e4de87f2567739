import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

// Policies are added, never changed: what was allowed when a refund was given can be told for ever.
const POLICY = `
  create table payments.refund_policy (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    -- null: for every location of the organization that has none of its own
    location_id uuid,
    window_days integer check (window_days between 0 and 3650),
    most_percent integer not null check (most_percent between 0 and 100),
    reasons text[] not null,
    who text not null check (who in ('ANYBODY', 'MANAGERS', 'OWNERS')),
    set_at timestamptz not null default now(),
    set_by jsonb default plaza.actor()
  );
  create index refund_policy_location on payments.refund_policy (tenant_id, location_id, id);
  ${shutByTenant('payments.refund_policy')}
  create trigger never_changed before update or delete on payments.refund_policy
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.refund_policy execute function payments.refuse_change();
  grant select, insert on payments.refund_policy to plaza_payments;
`;

/** Under which conditions an organization or a location gives money back. */
export class Migration20261122170300_refund_policy extends Migration {
  override up(): void {
    this.addSql(POLICY);
  }
}
