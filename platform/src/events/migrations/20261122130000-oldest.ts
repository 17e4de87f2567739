import { Migration } from '@mikro-orm/migrations';

const OLDEST = `
  -- a reader behind a position below "oldest" has lost events: they are no longer kept
  alter table events.stream add column oldest bigint not null default 0 check (oldest between 0 and last_position);

  drop function events.head(uuid);
  -- The position of the tenant's newest event (0 before the first one), the log's epoch and how far back it reaches.
  create function events.head(tenant_id uuid) returns table (last_position bigint, epoch integer, oldest bigint)
    language sql stable security definer set search_path = events, pg_temp as $$
      select coalesce(max(s.last_position), 0), coalesce(max(s.epoch), 1), coalesce(max(s.oldest), 0)
        from events.stream s where s.tenant_id = head.tenant_id
    $$;
  revoke all on function events.head from public;
  grant execute on function events.head to plaza_gateway, plaza_partners, plaza_partners_owner;
`;

/** A tenant's log says how far back it reaches. */
export class Migration20261122130000_oldest extends Migration {
  override up(): void {
    this.addSql(OLDEST);
  }
}
