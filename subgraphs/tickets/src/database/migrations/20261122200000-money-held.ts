import { Migration } from '@mikro-orm/migrations';

// Who paid part of a stay would lose it with a void ticket. The constraint holds whoever voids.
const HELD = `
  alter table tickets.ticket
    add column holds_money boolean not null default false,
    add constraint ticket_void_holds_nothing check (not (status = 'VOID' and holds_money));

  create function tickets.hold_money(ticket uuid, held boolean) returns void
    language sql security definer set search_path = tickets, pg_temp
    begin atomic
      update tickets.ticket t set holds_money = held where t.id = ticket and t.holds_money <> held;
    end;
  revoke all on function tickets.hold_money from public;
  grant execute on function tickets.hold_money to plaza_payments, plaza_payments_owner;
`;

/** A ticket knows whether money of its payers is kept for it: then it cannot be voided. */
export class Migration20261122200000_money_held extends Migration {
  override up(): void {
    this.addSql(HELD);
  }
}
