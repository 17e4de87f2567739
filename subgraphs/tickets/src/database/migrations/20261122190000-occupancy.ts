import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

// To count is work that grows with the location: it is done where a price depends on it.
const WHERE = `
  create table tickets.remembered_occupancy (
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    primary key (tenant_id, location_id)
  );
  grant select on tickets.remembered_occupancy to plaza_tickets;

  -- From now on the tickets of this location remember how full it was when their vehicles came.
  create function tickets.remember_occupancy(at_location uuid) returns void
    language sql security definer set search_path = tickets, pg_temp
    begin atomic
      insert into tickets.remembered_occupancy (location_id) values (at_location) on conflict do nothing;
    end;
`;

// Prices may depend on how full the place was when the vehicle came. The database itself notes it with the ticket, whoever
// writes that, and nobody changes it afterwards: what a stay costs is not what somebody later says it was.
const OCCUPANCY = `
  alter table tickets.ticket add column occupancy_at_entry double precision
    constraint ticket_notes_a_share check (occupancy_at_entry between 0 and 1);

  create function tickets.note_occupancy() returns trigger language plpgsql as $$
  begin
    new.occupancy_at_entry := null;
    if exists (select from tickets.remembered_occupancy r where r.location_id = new.location_id) then
      new.occupancy_at_entry := spaces.utilization_at(new.location_id, new.entered_at, new.id);
    end if;
    return new;
  end $$;
  create trigger note_occupancy before insert on tickets.ticket
    for each row execute function tickets.note_occupancy();

  create function tickets.refuse_other_entry() returns trigger language plpgsql as $$
  begin
    raise exception 'What was noted at the entry is never changed.' using errcode = 'restrict_violation';
  end $$;
  create trigger entry_is_never_changed before update on tickets.ticket for each row
    when ((old.occupancy_at_entry, old.entered_at, old.location_id, old.vehicle_id)
      is distinct from (new.occupancy_at_entry, new.entered_at, new.location_id, new.vehicle_id))
    execute function tickets.refuse_other_entry();
`;

const CONTRACT = `
  drop function tickets.read_stays(uuid[]);
  create function tickets.read_stays(ids uuid[])
    returns table (ticket_id uuid, code text, location_id uuid, vehicle_kind text, status text, entered_at timestamptz,
      exited_at timestamptz, occupancy double precision)
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select t.id, t.code, t.location_id, t.vehicle_kind, t.status, t.entered_at, t.exited_at, t.occupancy_at_entry
        from tickets.ticket t where t.id = any (ids);
    end;

  revoke all on function tickets.read_stays, tickets.remember_occupancy, tickets.note_occupancy,
    tickets.refuse_other_entry from public;
  grant execute on function tickets.read_stays, tickets.remember_occupancy to plaza_payments, plaza_payments_owner;
`;

/** A ticket remembers how full its location was when the vehicle came, where the tariff asks for it. */
export class Migration20261122190000_occupancy extends Migration {
  override up(): void {
    const shut = shutByTenant('tickets.remembered_occupancy', 'location_id');
    for (const step of [WHERE, shut, OCCUPANCY, CONTRACT]) this.addSql(step);
  }
}
