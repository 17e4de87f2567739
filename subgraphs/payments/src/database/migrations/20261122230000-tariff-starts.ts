import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const STARTS = `
  -- When each version begins that was not withdrawn: at a location no two at the same instant, however many are published
  -- at once. A version that is withdrawn before it takes effect gives its instant back.
  create table payments.tariff_start (
    version_id uuid primary key references payments.tariff_version,
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    starts_at timestamptz not null,
    constraint tariff_start_once unique (location_id, starts_at, tenant_id)
  );

  insert into payments.tariff_start (version_id, tenant_id, location_id, starts_at)
    select v.id, v.tenant_id, v.location_id, v.effective_from
    from payments.tariff_version v left join payments.tariff_retirement r on r.version_id = v.id
    where r.retired_from is distinct from v.effective_from;

  alter table payments.tariff_version drop constraint tariff_version_location_id_effective_from_tenant_id_key;
  -- which version was in force at this location then?
  create index tariff_version_in_force on payments.tariff_version (location_id, effective_from, tenant_id);
`;

const KEPT = `
  create function payments.keep_tariff_start() returns trigger language plpgsql
    security definer set search_path = payments, pg_temp as $$
  begin
    insert into tariff_start (version_id, tenant_id, location_id, starts_at)
      values (new.id, new.tenant_id, new.location_id, new.effective_from);
    return null;
  end $$;
  create trigger starts after insert on payments.tariff_version
    for each row execute function payments.keep_tariff_start();

  create function payments.give_tariff_start_back() returns trigger language plpgsql
    security definer set search_path = payments, pg_temp as $$
  begin
    delete from tariff_start s where s.version_id = new.version_id and s.starts_at = new.retired_from;
    return null;
  end $$;
  create trigger gives_start_back after insert on payments.tariff_retirement
    for each row execute function payments.give_tariff_start_back();

  create function payments.check_tariff_start() returns trigger language plpgsql as $$
  begin
    if not exists (select from payments.tariff_retirement r
        where r.version_id = old.version_id and r.retired_from = old.starts_at) then
      raise exception 'Only a version that is withdrawn gives its start back.' using errcode = 'restrict_violation';
    end if;
    return old;
  end $$;
  create trigger withdrawn before delete on payments.tariff_start
    for each row execute function payments.check_tariff_start();
  create trigger never_changed before update on payments.tariff_start
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.tariff_start execute function payments.refuse_change();

  revoke all on function payments.keep_tariff_start, payments.give_tariff_start_back, payments.check_tariff_start
    from public;
  grant select on payments.tariff_start to plaza_payments;
`;

/** The instant of a version that was withdrawn can be published for again. */
export class Migration20261122230000_tariff_starts extends Migration {
  override up(): void {
    for (const step of [
      'alter table payments.tariff_version no force row level security',
      'alter table payments.tariff_retirement no force row level security',
      STARTS,
      'alter table payments.tariff_version force row level security',
      'alter table payments.tariff_retirement force row level security',
      shutByTenant('payments.tariff_start', 'location_id'),
      KEPT,
    ]) {
      this.addSql(step);
    }
  }
}
