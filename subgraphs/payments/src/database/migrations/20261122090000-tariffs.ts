import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '@plaza/platform/database/idempotency';
import { shutByTenant } from '@plaza/platform/database/row-security';

const TABLES = `
  create table payments.tariff (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    created_at timestamptz not null default now(),
    unique (tenant_id, location_id)
  );

  create table payments.tariff_version (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    tariff_id uuid not null references payments.tariff,
    number integer not null check (number > 0),
    name text not null check (length(name) between 1 and 120),
    effective_from timestamptz not null,
    rules jsonb not null check (jsonb_typeof(rules) = 'object'),
    published_at timestamptz not null default now(),
    published_by jsonb default plaza.actor(),
    unique (tariff_id, number),
    -- also answers: which version was in force at this location then?
    unique (location_id, effective_from, tenant_id)
  );
`;

// Holds for the owner and for a superuser's slip too: what was once published or booked stays as it was.
const GUARD = `
  create function payments.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is never changed.', tg_table_name using errcode = 'restrict_violation';
  end $$;
  create trigger never_changed before update or delete on payments.tariff_version
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.tariff_version
    execute function payments.refuse_change();
`;

const GRANTS = `
  grant usage on schema payments to plaza_payments;
  grant select, insert on payments.tariff, payments.tariff_version to plaza_payments;
  -- the row locks of a publication
  grant update (id) on payments.tariff to plaza_payments;
`;

/** Tariffs, their immutable versions, and the outcomes of keyed commands. */
export class Migration20261122090000_tariffs extends Migration {
  override up(): void {
    for (const step of [
      TABLES,
      shutByTenant('payments.tariff', 'location_id'),
      shutByTenant('payments.tariff_version', 'location_id'),
      GUARD,
      GRANTS,
      idempotencyTable('payments'),
    ]) {
      this.addSql(step);
    }
  }
}
