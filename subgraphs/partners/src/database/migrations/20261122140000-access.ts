import { Migration } from '@mikro-orm/migrations';
import { ACCESS_CHANNEL } from '@plaza/platform/events/channels';

// Whoever holds open sockets must hear of it at once. A notification makes commits wait for each other, which is no matter
// for what happens as seldom as this; that a key was used is not told.
const TELL = `
  create function partners.tell_api_key_changed() returns trigger language plpgsql as $$
  begin
    perform pg_notify('${ACCESS_CHANNEL}', 'apiKey:' || old.id);
    return null;
  end $$;
  create trigger tell_changed after update on partners.api_key for each row
    when ((old.revoked_at, old.scopes, old.location_ids, old.expires_at)
      is distinct from (new.revoked_at, new.scopes, new.location_ids, new.expires_at))
    execute function partners.tell_api_key_changed();
  create trigger tell_removed after delete on partners.api_key for each row
    execute function partners.tell_api_key_changed();

  revoke all on function partners.tell_api_key_changed from public;
`;

/** Tells the gateways when an API key may do less, or other things, than before. */
export class Migration20261122140000_access extends Migration {
  override up(): void {
    this.addSql(TELL);
  }
}
