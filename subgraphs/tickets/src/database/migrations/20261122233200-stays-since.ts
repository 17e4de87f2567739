import { Migration } from '@mikro-orm/migrations';

const FUNCTION = `
  -- Whether a vehicle was inside at that instant or later, whenever it entered: under a tariff that prices a stay anew when a version
  -- begins, what was charged since then hangs on the versions since then.
  create function tickets.has_stays_since(location uuid, since timestamptz) returns boolean
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select exists (select from tickets.ticket t where t.location_id = location and t.exited_at > since)
        or exists (select from tickets.ticket t
          where t.location_id = location and t.status in ('OPEN', 'SETTLED', 'LOST'));
    end;
  revoke all on function tickets.has_stays_since from public;
  grant execute on function tickets.has_stays_since to plaza_payments;
`;

/** Lets payments find out whether a version that began in the past would price stays anew that go on over its beginning. */
export class Migration20261122233200_stays_since extends Migration {
  override up(): void {
    this.addSql(FUNCTION);
  }
}
