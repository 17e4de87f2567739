import { Migration } from '@mikro-orm/migrations';

const TABLES = `
  create table identity.organization (
    id uuid not null,
    name text not null check (length(name) between 1 and 100),
    created_at timestamptz not null,
    primary key (id)
  );

  -- a person; belongs to no tenant, only to organizations through memberships
  create table identity.user (
    id uuid not null,
    email text not null check (length(email) between 3 and 254 and email !~ '[A-Z[:space:]]'),
    name text not null check (length(name) between 1 and 100),
    created_at timestamptz not null,
    primary key (id),
    constraint user_email_key unique (email)
  );

  -- apart from the user, so that whoever may see a colleague never sees this
  create table identity.password (
    user_id uuid not null references identity.user on delete cascade,
    hash text not null check (hash like '$argon2id$%'),
    changed_at timestamptz not null,
    primary key (user_id)
  );

  create table identity.membership (
    id uuid not null,
    tenant_id uuid not null default plaza.tenant_id() references identity.organization,
    user_id uuid not null references identity.user,
    roles text[] not null check (cardinality(roles) > 0 and roles <@ array['OWNER', 'MANAGER', 'OPERATOR', 'VIEWER']),
    joined_at timestamptz not null,
    primary key (id),
    constraint membership_tenant_id_user_id_key unique (tenant_id, user_id)
  );
  create index membership_user_id on identity.membership (user_id);
  create index membership_page on identity.membership (tenant_id, id);

  -- one device of one user in one organization; who leaves the organization takes the sessions along
  create table identity.session (
    id uuid not null,
    tenant_id uuid not null,
    user_id uuid not null,
    device_name text check (length(device_name) between 1 and 100),
    generation integer not null default 1 check (generation > 0),
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_because text check (revoked_because in ('SIGNED_OUT', 'REVOKED', 'TOKEN_REUSED', 'SWITCHED')),
    primary key (id),
    foreign key (tenant_id, user_id) references identity.membership (tenant_id, user_id) on delete cascade,
    check ((revoked_at is null) = (revoked_because is null))
  );
  create index session_user_id on identity.session (user_id, last_used_at desc);
  create index session_membership on identity.session (tenant_id, user_id);

  create table identity.invitation (
    id uuid not null,
    tenant_id uuid not null default plaza.tenant_id() references identity.organization,
    email text not null,
    roles text[] not null check (cardinality(roles) > 0 and roles <@ array['OWNER', 'MANAGER', 'OPERATOR', 'VIEWER']),
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    invited_by uuid references identity.user,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    primary key (id)
  );
  create unique index invitation_pending on identity.invitation (tenant_id, email) where accepted_at is null;

  -- keyed by a hash: nobody learns from it which addresses were tried
  create table identity.sign_in_attempt (
    email_hash bytea not null check (octet_length(email_hash) = 32),
    failures integer not null check (failures > 0),
    window_ends_at timestamptz not null,
    primary key (email_hash)
  );
  create index sign_in_attempt_window_ends_at on identity.sign_in_attempt (window_ends_at);

  -- the platform's own keys, no tenant's; the private half is sealed with the deployment's secret
  create table identity.signing_key (
    kid text not null,
    public_jwk jsonb not null check (not public_jwk ? 'd'),
    private_jwk bytea not null,
    created_at timestamptz not null,
    primary key (kid)
  );
`;

// Signing in happens before anybody knows a tenant. Instead of a role that sees everything, each such lookup names in a
// setting the one row that it is after, and the policies show that row.
const LOOKUPS = `
  create function identity.looked_up_email() returns text language sql stable parallel safe
    return nullif(current_setting('plaza.sign_in_email', true), '');
  create function identity.looked_up_invitation() returns bytea language sql stable parallel safe
    return decode(nullif(current_setting('plaza.invitation_hash', true), ''), 'hex');
  create function identity.looked_up_session() returns uuid language sql stable parallel safe
    return nullif(current_setting('plaza.session_lookup', true), '')::uuid;
`;

const POLICIES = `
  alter table identity.organization enable row level security;
  alter table identity.organization force row level security;
  create policy seen_by_its_members on identity.organization for select using (
    id = (select plaza.tenant_id()) or exists (select from identity.membership m
      where m.tenant_id = organization.id and m.user_id = (select plaza.user_id())));
  create policy founded on identity.organization for insert with check (id = (select plaza.tenant_id()));
  create policy changed_by_tenant on identity.organization for update using (id = (select plaza.tenant_id()));

  alter table identity.membership enable row level security;
  alter table identity.membership force row level security;
  create policy seen_by_tenant_and_user on identity.membership for select using (
    tenant_id = (select plaza.tenant_id()) or user_id = (select plaza.user_id()));
  create policy added_by_tenant on identity.membership for insert with check (tenant_id = (select plaza.tenant_id()));
  create policy changed_by_tenant on identity.membership for update using (tenant_id = (select plaza.tenant_id()));
  create policy removed_by_tenant on identity.membership for delete using (tenant_id = (select plaza.tenant_id()));

  alter table identity.user enable row level security;
  alter table identity.user force row level security;
  create policy seen_by_self_colleagues_and_sign_in on identity.user for select using (
    id = (select plaza.user_id()) or email = (select identity.looked_up_email())
    or exists (select from identity.membership m
      where m.user_id = "user".id and m.tenant_id = (select plaza.tenant_id())));
  create policy made_by_self on identity.user for insert with check (id = (select plaza.user_id()));
  create policy changed_by_self on identity.user for update using (id = (select plaza.user_id()));

  alter table identity.password enable row level security;
  alter table identity.password force row level security;
  create policy seen_by_self_and_sign_in on identity.password for select using (
    user_id = (select plaza.user_id())
    or user_id = (select u.id from identity.user u where u.email = (select identity.looked_up_email())));
  create policy set_by_self on identity.password for insert with check (user_id = (select plaza.user_id()));
  create policy changed_by_self on identity.password for update using (user_id = (select plaza.user_id()));

  alter table identity.session enable row level security;
  alter table identity.session force row level security;
  create policy seen_by_tenant_user_and_gateway on identity.session for select using (
    tenant_id = (select plaza.tenant_id()) or user_id = (select plaza.user_id())
    or id = (select identity.looked_up_session()));
  create policy opened_by_user on identity.session for insert with check (user_id = (select plaza.user_id()));
  create policy changed_by_tenant_and_user on identity.session for update using (
    tenant_id = (select plaza.tenant_id()) or user_id = (select plaza.user_id()));

  alter table identity.invitation enable row level security;
  alter table identity.invitation force row level security;
  create policy seen_by_tenant_and_holder on identity.invitation for select using (
    tenant_id = (select plaza.tenant_id()) or token_hash = (select identity.looked_up_invitation()));
  create policy made_by_tenant on identity.invitation for insert with check (tenant_id = (select plaza.tenant_id()));
  create policy changed_by_tenant on identity.invitation for update using (tenant_id = (select plaza.tenant_id()));

  alter table identity.sign_in_attempt enable row level security;
  alter table identity.sign_in_attempt force row level security;
  create policy counted_for_the_email on identity.sign_in_attempt using (
    email_hash = sha256(convert_to((select identity.looked_up_email()), 'UTF8')));
  create policy forgotten_when_over on identity.sign_in_attempt for delete using (window_ends_at < now());
  create policy seen_when_over on identity.sign_in_attempt for select using (window_ends_at < now());
  create policy locked_when_over on identity.sign_in_attempt for update using (window_ends_at < now()) with check (false);
`;

// The lock on the organization makes two demotions wait for each other; the second one then counts without the first.
const LAST_OWNER = `
  create function identity.keep_an_owner() returns trigger language plpgsql set search_path = identity, pg_temp as $$
  begin
    perform from identity.organization o where o.id = old.tenant_id for no key update;
    if not exists (select from identity.membership m where m.tenant_id = old.tenant_id and 'OWNER' = any (m.roles)) then
      raise exception 'An organization keeps at least one owner.'
        using errcode = 'check_violation', constraint = 'membership_keeps_an_owner';
    end if;
    return null;
  end $$;
  create trigger owner_demoted after update of roles on identity.membership for each row
    when ('OWNER' = any (old.roles) and not 'OWNER' = any (new.roles)) execute function identity.keep_an_owner();
  create trigger owner_removed after delete on identity.membership for each row
    when ('OWNER' = any (old.roles)) execute function identity.keep_an_owner();
`;

const CONTRACT = `
  -- The keys that verify access tokens, newest first.
  create function identity.public_keys() returns table (kid text, public_jwk jsonb)
    language sql stable security definer set search_path = identity, pg_temp as $$
      select k.kid, k.public_jwk from identity.signing_key k order by k.created_at desc, k.kid
    $$;

  -- Whether the session of an access token still stands: not revoked, not run out, its user still a member.
  create function identity.session_is_live(session_id uuid) returns boolean
    language plpgsql stable security definer set search_path = identity, pg_temp as $$
  declare
    live boolean;
  begin
    perform set_config('plaza.session_lookup', session_is_live.session_id::text, true);
    select exists (select from identity.session s
      where s.id = session_is_live.session_id and s.revoked_at is null and s.expires_at > now()) into live;
    perform set_config('plaza.session_lookup', '', true);
    return live;
  end $$;
`;

// Nothing here is ever deleted by the application but counters; keys and organizations' ids never change.
const GRANTS = `
  revoke all on all functions in schema identity from public;
  grant usage on schema identity to plaza_identity, plaza_gateway;
  grant select, insert on all tables in schema identity to plaza_identity;
  grant update (name) on identity.organization to plaza_identity;
  grant update (name) on identity.user to plaza_identity;
  grant update (hash, changed_at) on identity.password to plaza_identity;
  grant update (roles), delete on identity.membership to plaza_identity;
  grant update (generation, last_used_at, expires_at, revoked_at, revoked_because) on identity.session to plaza_identity;
  grant update (roles, token_hash, invited_by, created_at, expires_at, accepted_at) on identity.invitation to plaza_identity;
  grant update, delete on identity.sign_in_attempt to plaza_identity;
  grant execute on function identity.looked_up_email, identity.looked_up_invitation, identity.looked_up_session
    to plaza_identity;
  grant execute on function identity.public_keys, identity.session_is_live to plaza_gateway;
`;

/** Organizations, users, memberships, sessions, invitations and the keys that sign access tokens. */
export class Migration20261122090000_first extends Migration {
  override up(): void {
    for (const step of [TABLES, LOOKUPS, POLICIES, LAST_OWNER, CONTRACT, GRANTS]) this.addSql(step);
  }
}
