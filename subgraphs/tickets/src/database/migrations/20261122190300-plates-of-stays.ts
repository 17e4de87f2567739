import { Migration } from '@mikro-orm/migrations';

const CONTRACT = `
  drop function tickets.read_stays(uuid[]);
  create function tickets.read_stays(ids uuid[])
    returns table (ticket_id uuid, code text, location_id uuid, vehicle_kind text, status text, entered_at timestamptz,
      exited_at timestamptz, occupancy double precision, plate text)
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select t.id, t.code, t.location_id, t.vehicle_kind, t.status, t.entered_at, t.exited_at, t.occupancy_at_entry, v.plate
        from tickets.ticket t join tickets.vehicle v on v.id = t.vehicle_id where t.id = any (ids);
    end;

  revoke all on function tickets.read_stays from public;
  grant execute on function tickets.read_stays to plaza_payments, plaza_payments_owner;
`;

/** A stay tells the plate of its vehicle: permits go by it. */
export class Migration20261122190300_plates_of_stays extends Migration {
  override up(): void {
    this.addSql(CONTRACT);
  }
}
