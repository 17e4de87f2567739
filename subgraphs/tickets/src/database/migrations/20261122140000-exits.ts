import { Migration } from '@mikro-orm/migrations';

// The exits of the last day are counted, and their stays averaged, without a look at the tickets themselves.
const EXITS = `
  create index ticket_by_exit on tickets.ticket (location_id, exited_at) include (entered_at, tenant_id)
    where exited_at is not null;
`;

/** An index of exits by time. */
export class Migration20261122140000_exits extends Migration {
  override up(): void {
    this.addSql(EXITS);
  }
}
