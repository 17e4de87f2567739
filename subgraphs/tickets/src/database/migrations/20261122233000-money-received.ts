import { Migration } from '@mikro-orm/migrations';

// Only the primary key begins with the tenant. A plan that is made while a table is empty finds every index as good as the next, and
// by one that shares nothing but the tenant with the question it walks through all the tenant's rows until the table is analyzed.
const KEYS = `
  alter table tickets.ticket
    drop constraint ticket_code_is_taken, add constraint ticket_code_is_taken unique (code, tenant_id);
  alter table tickets.vehicle
    drop constraint vehicle_plate_is_taken, add constraint vehicle_plate_is_taken unique (plate, tenant_id);
`;

const RECEIVED = `
  -- Money of its payers is kept for this stay; with an instant, nothing is due any more since then.
  create function tickets.receive_money(ticket uuid, settled_at timestamptz) returns void
    language plpgsql security definer set search_path = tickets, pg_temp as $$
  begin
    update tickets.ticket t set holds_money = true,
        status = case when receive_money.settled_at is null then t.status else 'SETTLED' end,
        settled_at = coalesce(receive_money.settled_at, t.settled_at),
        changed_at = coalesce(receive_money.settled_at, t.changed_at)
      where t.id = ticket and t.status in ('OPEN', 'LOST', 'SETTLED')
        and (receive_money.settled_at is not null or not t.holds_money);
    if not found and receive_money.settled_at is not null then
      raise exception 'The stay % cannot be settled.', ticket using errcode = 'P0002';
    end if;
  end $$;
  revoke all on function tickets.receive_money from public;
  grant execute on function tickets.receive_money to plaza_payments, plaza_payments_owner;
`;

/** What a payment does to its ticket is one change of it. */
export class Migration20261122233000_money_received extends Migration {
  override up(): void {
    for (const step of [KEYS, RECEIVED]) this.addSql(step);
  }
}
