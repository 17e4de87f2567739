import { Migration } from '@mikro-orm/migrations';

// Contract for the gateway. The hash is what the presenter of a key proves to know: the policy shows the key's row to
// this transaction only, and only while the function runs. A use is noted at most once a minute, without waiting for
// anybody and not at all in a read-only transaction.
const AUTHENTICATE = `
  create function partners.authenticate_api_key(secret_hash bytea)
    returns table (id uuid, tenant_id uuid, name text, scopes text[], location_ids uuid[], expires_at timestamptz)
    language plpgsql security definer set search_path = partners, pg_temp as $$
  begin
    perform set_config('plaza.api_key_hash', encode(authenticate_api_key.secret_hash, 'hex'), true);
    if current_setting('transaction_read_only') = 'off' then
      update partners.api_key k set last_used_at = date_trunc('minute', now()) where k.id = (
        select l.id from partners.api_key l
          where l.secret_hash = authenticate_api_key.secret_hash and l.revoked_at is null
            and (l.last_used_at is null or l.last_used_at < now() - interval '1 minute')
          for update skip locked);
    end if;
    return query select k.id, k.tenant_id, k.name, k.scopes, k.location_ids, k.expires_at from partners.api_key k
      where k.secret_hash = authenticate_api_key.secret_hash and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now());
    perform set_config('plaza.api_key_hash', '', true);
  end $$;
`;

// Which tenants have a feed that is behind its log. Each tenant's head can only be read in that tenant's name.
const LAGGING = `
  create function partners.lagging_tenants() returns setof uuid
    language plpgsql security definer set search_path = partners, pg_temp as $$
  declare
    lagging record;
    head bigint;
  begin
    for lagging in
      select f.tenant_id, min(f.position) filter (where f.until_position is null) as live,
          bool_or(f.until_position is not null) as replays
        from partners.webhook_feed f join partners.webhook_endpoint e on e.id = f.endpoint_id and e.status = 'ENABLED'
        where f.completed_at is null group by f.tenant_id
    loop
      perform set_config('plaza.tenant', lagging.tenant_id::text, true);
      select h.last_position into head from events.head(lagging.tenant_id) h;
      if lagging.replays or head > lagging.live then return next lagging.tenant_id; end if;
    end loop;
    perform set_config('plaza.tenant', '', true);
  end $$;
`;

// Takes due deliveries under a lease. Every enabled endpoint gets its share, so that a slow one holds up nobody else;
// a process that dies leaves a lease that runs out.
const CLAIM = `
  create function partners.claim_deliveries(at timestamptz, lease_until timestamptz, max_rows integer,
      max_per_endpoint integer)
    returns table (id uuid, tenant_id uuid, attempt integer)
    language sql security definer set search_path = partners, pg_temp as $$
      with due as (
        select d.id from partners.webhook_endpoint e
          cross join lateral (
            select count(*) as deliveries from partners.delivery b
              where b.endpoint_id = e.id and b.leased_until > claim_deliveries.at
          ) busy
          cross join lateral (
            select d.id, d.next_attempt_at from partners.delivery d
              where d.endpoint_id = e.id and d.status = 'PENDING' and d.next_attempt_at <= claim_deliveries.at
                and (d.leased_until is null or d.leased_until <= claim_deliveries.at)
              order by d.next_attempt_at, d.id
              limit greatest(claim_deliveries.max_per_endpoint - busy.deliveries, 0)
              for update skip locked
          ) d
          where e.status = 'ENABLED'
          order by d.next_attempt_at, d.id limit claim_deliveries.max_rows
      )
      update partners.delivery d set attempts = d.attempts + 1, leased_until = claim_deliveries.lease_until
        from due where d.id = due.id
        returning d.id, d.tenant_id, d.attempts
    $$;
`;

const FORGET = `
  create function partners.forget_old_deliveries() returns void
    language sql security definer set search_path = partners, pg_temp as $$
      delete from partners.delivery where id in (
        select id from partners.delivery where status <> 'PENDING' and finished_at < now() - interval '30 days'
          limit 10000)
    $$;
`;

const GRANTS = `
  revoke all on all functions in schema partners from public;
  grant execute on function partners.authenticate_api_key to plaza_gateway;
  grant execute on function partners.lagging_tenants, partners.claim_deliveries, partners.forget_old_deliveries
    to plaza_partners;
`;

/** The contract for the gateway, and the few questions that the background work asks across tenants. */
export class Migration20261122090001_functions extends Migration {
  override up(): void {
    for (const step of [AUTHENTICATE, LAGGING, CLAIM, FORGET, GRANTS]) this.addSql(step);
  }
}
