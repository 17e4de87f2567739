import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

// A provider tells the same thing twice, late, or before it answers: its own id of the notice is what counts.
const NOTICE = `
  create table payments.provider_notice (
    provider text not null,
    notice_id text not null check (length(notice_id) between 1 and 255),
    tenant_id uuid not null default plaza.tenant_id(),
    payment_id uuid not null,
    kind text not null check (length(kind) between 1 and 100),
    received_at timestamptz not null default now(),
    applied_at timestamptz,
    checks integer not null default 0,
    checked_at timestamptz,
    primary key (provider, notice_id)
  );
  create index provider_notice_payment on payments.provider_notice (payment_id);
  create index provider_notice_unapplied on payments.provider_notice (received_at) where applied_at is null;
  ${shutByTenant('payments.provider_notice')}
  create policy left_unapplied on payments.provider_notice for select to plaza_payments
    using (applied_at is null and current_setting('plaza.recovery', true) = 'on');
  grant select, insert on payments.provider_notice to plaza_payments;
  grant update (applied_at, checks, checked_at) on payments.provider_notice to plaza_payments;
`;

const DISPUTE = `
  create table payments.dispute (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    payment_id uuid not null references payments.payment,
    -- the provider's own name for it
    reference text not null check (length(reference) between 1 and 255),
    status text not null check (status in ('OPEN', 'WON', 'LOST')),
    reason text not null check (length(reason) between 1 and 500),
    opened_at timestamptz not null,
    closed_at timestamptz check ((closed_at is null) = (status = 'OPEN')),
    unique (payment_id, reference)
  );
  create unique index dispute_one_open on payments.dispute (payment_id) where status = 'OPEN';
  ${shutByTenant('payments.dispute', 'location_id')}

  create function payments.check_dispute_step() returns trigger language plpgsql as $$
  begin
    if old.status <> 'OPEN' or (old.id, old.tenant_id, old.location_id, old.payment_id, old.reference, old.reason,
        old.opened_at) is distinct from (new.id, new.tenant_id, new.location_id, new.payment_id, new.reference,
        new.reason, new.opened_at) then
      raise exception 'A dispute is closed once and otherwise never changed.' using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  revoke all on function payments.check_dispute_step from public;
  create trigger step before update on payments.dispute for each row execute function payments.check_dispute_step();
  create trigger never_deleted before delete on payments.dispute
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.dispute execute function payments.refuse_change();
  grant select, insert on payments.dispute to plaza_payments;
  grant update (status, closed_at) on payments.dispute to plaza_payments;
`;

/** What providers tell of their own accord, each notice once; payers who want their money back from the bank. */
export class Migration20261122170100_notices extends Migration {
  override up(): void {
    for (const step of [NOTICE, DISPUTE]) this.addSql(step);
  }
}
