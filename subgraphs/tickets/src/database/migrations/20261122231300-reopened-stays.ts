import { Migration } from '@mikro-orm/migrations';

// As before, and a stay that is no longer settled: no vehicle entered and none was lost.
const EVENTS = `
  create or replace function tickets.tell_change() returns trigger language plpgsql as $$
  declare
    plate text := (select v.plate from tickets.vehicle v where v.id = new.vehicle_id);
    ticket jsonb := jsonb_build_object('ticketId', new.id, 'code', new.code, 'locationId', new.location_id,
      'plate', plate, 'status', new.status);
  begin
    if tg_op = 'UPDATE' and old.status = 'SETTLED' and new.status in ('OPEN', 'LOST') then
      perform events.append('ticket.reopened', 'Ticket', new.id, new.location_id, new.changed_at, ticket);
      return null;
    end if;
    case new.status
      when 'OPEN' then
        perform events.append('ticket.entered', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('vehicleKind', new.vehicle_kind, 'spaceId', new.space_id,
            'enteredAt', tickets.json_instant(new.entered_at)));
      when 'SETTLED' then
        perform events.append('ticket.settled', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('settledAt', tickets.json_instant(new.settled_at)));
      when 'CLOSED' then
        perform events.append('ticket.closed', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('exitedAt', tickets.json_instant(new.exited_at)));
      when 'VOID' then
        perform events.append('ticket.voided', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('reason', new.void_reason));
      when 'LOST' then
        perform events.append('ticket.lost', 'Ticket', new.id, new.location_id, new.changed_at, ticket);
    end case;
    return null;
  end $$;
`;

const CONTRACT = `
  -- Something is due again for a stay that was settled: the ticket is what it was before. Of others nothing changes.
  create function tickets.reopen_stay(ticket uuid, reopened_at timestamptz) returns void
    language sql security definer set search_path = tickets, pg_temp
    begin atomic
      update tickets.ticket t
        set status = case when t.was_lost then 'LOST' else 'OPEN' end, settled_at = null, changed_at = reopened_at
        where t.id = ticket and t.status = 'SETTLED';
    end;
  revoke all on function tickets.reopen_stay from public;
  grant execute on function tickets.reopen_stay to plaza_payments, plaza_payments_owner;
`;

/** A settled ticket is open again when what was paid for it is owed again. */
export class Migration20261122231300_reopened_stays extends Migration {
  override up(): void {
    for (const step of [EVENTS, CONTRACT]) this.addSql(step);
  }
}
