import { Migration } from '@mikro-orm/migrations';

// A lost ticket that is paid becomes SETTLED and then CLOSED, and costs what a lost one costs all the same.
const LOST = `
  alter table tickets.ticket add column was_lost boolean not null default false;
  update tickets.ticket set was_lost = true where status = 'LOST';

  create function tickets.note_loss() returns trigger language plpgsql as $$
  begin
    new.was_lost := new.status = 'LOST' or (tg_op = 'UPDATE' and old.was_lost);
    return new;
  end $$;
  create trigger note_loss before insert or update on tickets.ticket
    for each row execute function tickets.note_loss();
`;

const CONTRACT = `
  drop function tickets.read_stays(uuid[]);
  create function tickets.read_stays(ids uuid[])
    returns table (ticket_id uuid, code text, location_id uuid, vehicle_kind text, status text, entered_at timestamptz,
      exited_at timestamptz, occupancy double precision, plate text, lost boolean)
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select t.id, t.code, t.location_id, t.vehicle_kind, t.status, t.entered_at, t.exited_at, t.occupancy_at_entry,
          v.plate, t.was_lost
        from tickets.ticket t join tickets.vehicle v on v.id = t.vehicle_id where t.id = any (ids);
    end;

  revoke all on function tickets.read_stays, tickets.note_loss from public;
  grant execute on function tickets.read_stays to plaza_payments, plaza_payments_owner;
`;

/** A ticket that was lost stays one that was lost, whatever becomes of it. */
export class Migration20261122200100_lost_stays extends Migration {
  override up(): void {
    for (const step of [LOST, CONTRACT]) this.addSql(step);
  }
}
