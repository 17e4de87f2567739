import { Migration } from '@mikro-orm/migrations';

const FUNCTION = `
  -- Whether a vehicle entered there at that instant or later: what was charged since then hangs on what was in force.
  create function tickets.has_entries_since(location uuid, since timestamptz) returns boolean
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select exists (select from tickets.ticket t where t.location_id = location and t.entered_at >= since);
    end;
  revoke all on function tickets.has_entries_since from public;
  grant execute on function tickets.has_entries_since to plaza_payments;
`;

/** Lets payments find out whether a tariff of the past would price stays anew. */
export class Migration20261122200200_entries_since extends Migration {
  override up(): void {
    this.addSql(FUNCTION);
  }
}
