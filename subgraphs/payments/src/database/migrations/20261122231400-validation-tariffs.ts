import { Migration } from '@mikro-orm/migrations';

const TARIFF = `
  -- the version that priced the stay when the cost became known; null: not known yet, or fixed before it was kept
  alter table payments.validation add column tariff_version_id uuid;
  grant update (tariff_version_id) on payments.validation to plaza_payments;
`;

/** A settled validation knows the version of the tariff from whose price it took off. */
export class Migration20261122231400_validation_tariffs extends Migration {
  override up(): void {
    this.addSql(TARIFF);
  }
}
