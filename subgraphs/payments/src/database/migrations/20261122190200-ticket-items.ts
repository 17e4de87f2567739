import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

// What was bought stays written: what was added by mistake is taken out by a row of its own.
const TABLES = `
  create table payments.ticket_item (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    ticket_id uuid not null,
    code text not null check (char_length(code) between 1 and 64),
    name text not null,
    unit text not null,
    quantity numeric(13, 6) not null check (quantity > 0 and quantity <= 1000000),
    added_at timestamptz not null,
    unique (id, ticket_id, location_id)
  );
  create index item_of_ticket on payments.ticket_item (ticket_id, id);

  create table payments.ticket_item_removal (
    item_id uuid primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    ticket_id uuid not null,
    removed_at timestamptz not null,
    foreign key (item_id, ticket_id, location_id) references payments.ticket_item (id, ticket_id, location_id)
  );
`;

const keepForEver = (table: string) => `
  create trigger never_changed before update or delete on payments.${table}
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.${table} execute function payments.refuse_change();
  grant select, insert on payments.${table} to plaza_payments;
`;

/** What was bought on a ticket beside its time. */
export class Migration20261122190200_ticket_items extends Migration {
  override up(): void {
    this.addSql(TABLES);
    for (const table of ['ticket_item', 'ticket_item_removal']) {
      this.addSql(shutByTenant(`payments.${table}`, 'location_id'));
      this.addSql(keepForEver(table));
    }
  }
}
