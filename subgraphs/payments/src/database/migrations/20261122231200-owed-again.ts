import { Migration } from '@mikro-orm/migrations';

const OWED_AGAIN = `
  -- what was given back is not let off: the stay owes it again. Written with the refund and never changed.
  alter table payments.refund add column owed_again boolean not null default false;
`;

/** A refund tells whether its amount is owed again. */
export class Migration20261122231200_owed_again extends Migration {
  override up(): void {
    this.addSql(OWED_AGAIN);
  }
}
