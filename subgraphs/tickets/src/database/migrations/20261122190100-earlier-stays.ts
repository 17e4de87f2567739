import { Migration } from '@mikro-orm/migrations';

// Whether a stay goes on where another one ended is for the tariff to say: payments asks. What is answered stays the answer:
// of the tickets that were there before this one none is open, as a vehicle has one live stay in a location, and what is
// closed or void stays so. A ticket that is reported later, though for an earlier time, takes nothing from it.
const FUNCTION = `
  -- The stay of the same vehicle at the same location that ended last before this one began, at most so long before it.
  -- Only a stay that ended has an exit.
  create function tickets.read_earlier_stay(ticket uuid, within interval)
    returns table (ticket_id uuid, location_id uuid, entered_at timestamptz, exited_at timestamptz)
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select before.id, before.location_id, before.entered_at, before.exited_at
        from tickets.ticket t
        join tickets.ticket before on before.vehicle_id = t.vehicle_id and before.location_id = t.location_id
          and before.id < t.id
          and before.exited_at between t.entered_at - within and t.entered_at
        where t.id = ticket
        order by before.exited_at desc, before.id desc limit 1;
    end;

  revoke all on function tickets.read_earlier_stay from public;
  grant execute on function tickets.read_earlier_stay to plaza_payments, plaza_payments_owner;
`;

/** Which stay another one may go on from. */
export class Migration20261122190100_earlier_stays extends Migration {
  override up(): void {
    this.addSql(FUNCTION);
  }
}
