import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

const RETIREMENT = `
  -- The end of a version that no later one brings. From the instant at which it begins: it never takes effect.
  create table payments.tariff_retirement (
    version_id uuid primary key references payments.tariff_version,
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    retired_from timestamptz not null,
    recorded_at timestamptz not null default now(),
    recorded_by jsonb default plaza.actor()
  );
  create trigger never_changed before update or delete on payments.tariff_retirement
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.tariff_retirement execute function payments.refuse_change();

  create function payments.check_retirement() returns trigger language plpgsql as $$
  begin
    if not exists (select from payments.tariff_version v where v.id = new.version_id and v.tenant_id = new.tenant_id
        and v.location_id = new.location_id and v.effective_from <= new.retired_from) then
      raise exception 'Tariff version % does not begin before it is retired.', new.version_id
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger of_its_version before insert on payments.tariff_retirement
    for each row execute function payments.check_retirement();
`;

const VALIDITY = `
  -- Each version and until when it is in force: the next one begins, or it is retired. Null: for good.
  create view payments.tariff_validity with (security_invoker = true) as
    select v.*, r.retired_from, least(r.retired_from, (
        select min(n.effective_from) from payments.tariff_version n
        left join payments.tariff_retirement nr on nr.version_id = n.id
        where n.location_id = v.location_id and n.effective_from > v.effective_from
          and (nr.retired_from is null or nr.retired_from > n.effective_from))) as effective_until
    from payments.tariff_version v left join payments.tariff_retirement r on r.version_id = v.id;
`;

const GRANTS = `
  grant select, insert on payments.tariff_retirement to plaza_payments;
  grant select on payments.tariff_validity to plaza_payments;
  revoke all on function payments.check_retirement from public;
`;

/** Tariff versions can be retired, or withdrawn before they begin. */
export class Migration20261122162000_tariff_validity extends Migration {
  override up(): void {
    for (const step of [
      RETIREMENT,
      shutByTenant('payments.tariff_retirement', 'location_id'),
      VALIDITY,
      GRANTS,
    ]) {
      this.addSql(step);
    }
  }
}
