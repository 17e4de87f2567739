import { Migration } from '@mikro-orm/migrations';

const NAMES = `
  -- what the driver is told: the name that the merchant had; in a charge the discount is known by it
  alter table payments.validation
    add column name text not null check (length(name) between 1 and 120),
    add constraint validation_named_once unique (ticket_id, name);
`;

/** A validation keeps the name of its merchant. */
export class Migration20261122180300_validation_names extends Migration {
  override up(): void {
    this.addSql(NAMES);
  }
}
