import { Migration } from '@mikro-orm/migrations';

// Read at every entry: it counts claims in the index alone, and waits for nobody. An entry that another transaction has not
// committed yet is not counted, just as it was not on the display at the entrance.
const UTILIZATION = `
  -- The share (0 to 1) of a location's spaces in service that were occupied at an instant, one ticket's stay left out; null
  -- where none was in service.
  create function spaces.utilization_at(at_location uuid, instant timestamptz, besides_ticket uuid)
    returns double precision language plpgsql stable security definer set search_path = spaces, pg_temp as $$
  declare
    in_service bigint := (select count(*) from spaces.space s where s.location_id = at_location);
    held record;
  begin
    select count(*) filter (where c.kind = 'STAY') as occupied, count(*) filter (where c.kind = 'BLOCK') as blocked
      into held from spaces.claim c
      where c.location_id = at_location and c.begins_at <= instant and c.ends_at > instant;
    if exists (select from spaces.claim c where c.reference = besides_ticket and c.kind = 'STAY'
        and c.location_id = at_location and c.begins_at <= instant and c.ends_at = 'infinity') then
      held.occupied := held.occupied - 1;
    end if;
    in_service := in_service - held.blocked;
    return case when in_service > 0 then least(1, held.occupied / in_service::double precision) end;
  end $$;
`;

const GRANTS = `
  revoke all on function spaces.utilization_at from public;
  grant execute on function spaces.utilization_at to plaza_tickets, plaza_tickets_owner;
`;

/** How full a location was at an instant, for the tickets that remember it. */
export class Migration20261122190000_utilization extends Migration {
  override up(): void {
    for (const step of [UTILIZATION, GRANTS]) this.addSql(step);
  }
}
