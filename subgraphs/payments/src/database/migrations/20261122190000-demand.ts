import { Migration } from '@mikro-orm/migrations';

// Tickets count how full a location is where a price depends on it. Once asked for they go on: a stay whose version is
// retired meanwhile is still priced by it.
const ASK = `
  create function payments.ask_for_occupancy() returns trigger language plpgsql as $$
  begin
    perform tickets.remember_occupancy(new.location_id);
    return null;
  end $$;
  revoke all on function payments.ask_for_occupancy from public;
  create trigger ask_for_occupancy after insert on payments.tariff_version for each row
    when (new.rules ->> 'demand' is not null) execute function payments.ask_for_occupancy();
`;

// Each tenant's in its own name, as if they were published now.
const PUBLISHED_BEFORE = `
  alter table payments.tariff_version no force row level security;
  do $$
  declare priced record;
  begin
    for priced in select distinct v.tenant_id, v.location_id from payments.tariff_version v
        where v.rules ->> 'demand' is not null loop
      perform set_config('plaza.tenant', priced.tenant_id::text, true);
      perform tickets.remember_occupancy(priced.location_id);
    end loop;
    perform set_config('plaza.tenant', '', true);
  end $$;
  alter table payments.tariff_version force row level security;
`;

/** Where a tariff prices by demand, tickets remember how full the location was. */
export class Migration20261122190000_demand extends Migration {
  override up(): void {
    for (const step of [ASK, PUBLISHED_BEFORE]) this.addSql(step);
  }
}
