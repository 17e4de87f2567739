import { Migration } from '@mikro-orm/migrations';

const OWED = `
  -- whether the merchant bore it when its cost became known; null: not known yet, or fixed before this was kept
  alter table payments.validation add column owed boolean;
  grant update (owed) on payments.validation to plaza_payments;
`;

/** A settled validation knows who bore it, so that a missing booking is found. */
export class Migration20261122231500_validations_owed extends Migration {
  override up(): void {
    this.addSql(OWED);
  }
}
