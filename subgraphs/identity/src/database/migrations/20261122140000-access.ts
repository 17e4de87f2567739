import { Migration } from '@mikro-orm/migrations';
import { ACCESS_CHANNEL } from '@plaza/platform/events/channels';

// Whoever holds open sockets must hear of it at once. A notification makes commits wait for each other, which is no matter
// for what happens as seldom as this.
const TELL = `
  create function identity.tell_session_revoked() returns trigger language plpgsql as $$
  begin
    perform pg_notify('${ACCESS_CHANNEL}', 'session:' || new.id);
    return null;
  end $$;
  create trigger tell_revoked after update of revoked_at on identity.session for each row
    when (old.revoked_at is null and new.revoked_at is not null) execute function identity.tell_session_revoked();

  create function identity.tell_membership_changed() returns trigger language plpgsql as $$
  begin
    perform pg_notify('${ACCESS_CHANNEL}', 'user:' || old.user_id);
    return null;
  end $$;
  create trigger tell_roles_changed after update of roles on identity.membership for each row
    when (old.roles <> new.roles) execute function identity.tell_membership_changed();
  create trigger tell_removed after delete on identity.membership for each row
    execute function identity.tell_membership_changed();

  revoke all on function identity.tell_session_revoked, identity.tell_membership_changed from public;
`;

/** Tells the gateways when a user may do less, or other things, than before. */
export class Migration20261122140000_access extends Migration {
  override up(): void {
    this.addSql(TELL);
  }
}
