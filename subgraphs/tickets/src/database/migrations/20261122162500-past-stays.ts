import { Migration } from '@mikro-orm/migrations';

const FUNCTIONS = `
  -- The stays that ended at a location within a period, oldest exit first, after the one that was read last.
  create function tickets.read_past_stays(location uuid, exited_from timestamptz, exited_to timestamptz,
      after_exit timestamptz, after_ticket uuid, max_rows integer)
    returns table (ticket_id uuid, exited_at timestamptz)
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select t.id, t.exited_at from tickets.ticket t
      where t.location_id = location and t.status = 'CLOSED'
        and t.exited_at >= greatest(exited_from, after_exit) and t.exited_at < exited_to
        and (t.exited_at, t.id) > (coalesce(after_exit, '-infinity'), coalesce(after_ticket, t.id))
      order by t.exited_at, t.id limit max_rows;
    end;

  -- How many those are in all.
  create function tickets.count_past_stays(location uuid, exited_from timestamptz, exited_to timestamptz) returns bigint
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select count(*) from tickets.ticket t
      where t.location_id = location and t.status = 'CLOSED' and t.exited_at >= exited_from
        and t.exited_at < exited_to;
    end;
`;

const GRANTS = `
  revoke all on function tickets.read_past_stays, tickets.count_past_stays from public;
  grant execute on function tickets.read_past_stays, tickets.count_past_stays to plaza_payments;
`;

/** Lets payments go through the stays of a period, page by page. */
export class Migration20261122162500_past_stays extends Migration {
  override up(): void {
    for (const step of [FUNCTIONS, GRANTS]) this.addSql(step);
  }
}
