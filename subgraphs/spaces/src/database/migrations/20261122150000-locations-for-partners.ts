import { Migration } from '@mikro-orm/migrations';

/** Partners asks which locations there are before it ties a key to them. */
export class Migration20261122150000_locations_for_partners extends Migration {
  override up(): void {
    this.addSql('grant usage on schema spaces to plaza_partners');
    this.addSql('grant execute on function spaces.read_locations to plaza_partners');
  }
}
