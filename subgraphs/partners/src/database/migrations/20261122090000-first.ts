import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '@plaza/platform/database/idempotency';

const PARTNERS = `
  create table partners.partner (
    id uuid not null primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    name text not null check (length(name) between 1 and 100),
    contact_email text check (length(contact_email) <= 254),
    created_at timestamptz not null,
    unique (tenant_id, id)
  );
  create unique index partner_name on partners.partner (tenant_id, lower(name));

  create table partners.api_key (
    id uuid not null primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    partner_id uuid not null,
    name text not null check (length(name) between 1 and 100),
    secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
    display_prefix text not null,
    scopes text[] not null,
    location_ids uuid[],
    expires_at timestamptz,
    created_at timestamptz not null,
    created_by jsonb not null default plaza.actor(),
    revoked_at timestamptz,
    revoked_by jsonb,
    last_used_at timestamptz,
    foreign key (tenant_id, partner_id) references partners.partner (tenant_id, id)
  );
  create index on partners.api_key (partner_id);
`;

const ENDPOINTS = `
  create table partners.webhook_endpoint (
    id uuid not null primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    partner_id uuid,
    url text not null check (length(url) <= 2000),
    description text check (length(description) <= 500),
    event_types text[] not null,
    location_ids uuid[],
    status text not null check (status in ('ENABLED', 'DISABLED')),
    disabled_reason text check (disabled_reason in ('BY_REQUEST', 'GONE', 'FAILING')),
    disabled_at timestamptz,
    failing_since timestamptz,
    created_at timestamptz not null,
    unique (tenant_id, id),
    foreign key (tenant_id, partner_id) references partners.partner (tenant_id, id),
    check ((status = 'DISABLED') = (disabled_reason is not null and disabled_at is not null))
  );
  create index on partners.webhook_endpoint (tenant_id);
  create index on partners.webhook_endpoint (partner_id);

  create table partners.webhook_secret (
    id uuid not null primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    endpoint_id uuid not null,
    sealed bytea not null,
    public_key text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    foreign key (tenant_id, endpoint_id) references partners.webhook_endpoint (tenant_id, id)
  );
  create unique index webhook_secret_current on partners.webhook_secret (endpoint_id) where expires_at is null;
  create index on partners.webhook_secret (endpoint_id);

  -- A reader of the event log on behalf of one endpoint. The live feed has no end; a replay ends at until_position.
  create table partners.webhook_feed (
    id uuid not null primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    endpoint_id uuid not null,
    position bigint not null check (position >= 0),
    until_position bigint,
    event_types text[],
    replayed_from timestamptz,
    replayed_to timestamptz,
    created_at timestamptz not null,
    completed_at timestamptz,
    unique (tenant_id, id),
    foreign key (tenant_id, endpoint_id) references partners.webhook_endpoint (tenant_id, id)
  );
  create unique index webhook_feed_live on partners.webhook_feed (endpoint_id) where until_position is null;
  create index webhook_feed_open on partners.webhook_feed (tenant_id) where completed_at is null;
`;

const DELIVERIES = `
  create table partners.delivery (
    id uuid not null primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    endpoint_id uuid not null,
    feed_id uuid,
    redelivery_of uuid,
    event_id uuid not null,
    event_type text not null,
    body text not null,
    status text not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts integer not null default 0,
    next_attempt_at timestamptz,
    leased_until timestamptz,
    response_status integer,
    created_at timestamptz not null,
    finished_at timestamptz,
    foreign key (tenant_id, endpoint_id) references partners.webhook_endpoint (tenant_id, id),
    foreign key (tenant_id, feed_id) references partners.webhook_feed (tenant_id, id),
    unique (tenant_id, id),
    -- fan-out is exactly once: whatever crashes or races, one feed makes one delivery of one event
    constraint delivery_once unique (feed_id, event_id),
    check ((status = 'PENDING') = (next_attempt_at is not null)),
    check ((status = 'PENDING') = (finished_at is null))
  );
  create index delivery_of_endpoint on partners.delivery (endpoint_id, id desc);
  create index delivery_due on partners.delivery (endpoint_id, next_attempt_at, id) where status = 'PENDING';
  create index delivery_leased on partners.delivery (endpoint_id, leased_until) where leased_until is not null;
  create index delivery_finished on partners.delivery (finished_at) where status <> 'PENDING';

  create table partners.delivery_attempt (
    tenant_id uuid not null default plaza.tenant_id(),
    delivery_id uuid not null,
    number integer not null,
    started_at timestamptz not null,
    duration_ms integer not null,
    response_status integer,
    failure text,
    primary key (delivery_id, number),
    foreign key (tenant_id, delivery_id) references partners.delivery (tenant_id, id) on delete cascade
  );
`;

const OF_TENANT = 'tenant_id = (select plaza.tenant_id())';
const ALL_LOCATIONS = '(select plaza.location_ids()) is null';
const WITHIN_LOCATIONS = `(${ALL_LOCATIONS} or location_ids <@ (select plaza.location_ids()))`;
const ENDPOINT_VISIBLE = (endpointId: string): string =>
  `(${ALL_LOCATIONS} or exists (select from partners.webhook_endpoint e where e.id = ${endpointId}))`;

/** Who may see a row beside its tenant: a viewer of some locations sees nothing that reaches beyond them. */
const VISIBLE: Record<string, string> = {
  partner: OF_TENANT,
  api_key: `${OF_TENANT} and ${WITHIN_LOCATIONS}`,
  webhook_endpoint: `${OF_TENANT} and ${WITHIN_LOCATIONS}`,
  webhook_secret: `${OF_TENANT} and ${ENDPOINT_VISIBLE('endpoint_id')}`,
  webhook_feed: `${OF_TENANT} and ${ENDPOINT_VISIBLE('endpoint_id')}`,
  delivery: `${OF_TENANT} and ${ENDPOINT_VISIBLE('endpoint_id')}`,
  delivery_attempt: `${OF_TENANT} and (${ALL_LOCATIONS} or exists (select from partners.delivery d where d.id = delivery_id))`,
};

const tenantPolicy = ([table, visible]: [string, string]): string => `
  alter table partners.${table} enable row level security;
  alter table partners.${table} force row level security;
  create policy of_tenant on partners.${table} using (${visible}) with check (${visible});
`;

// The owner's functions below look across tenants; these policies are all that they may see.
const POLICIES = `
  ${Object.entries(VISIBLE).map(tenantPolicy).join('')}
  create policy presented on partners.api_key to plaza_partners_owner
    using (secret_hash = decode(nullif(current_setting('plaza.api_key_hash', true), ''), 'hex'));
  create policy followed on partners.webhook_endpoint for select to plaza_partners_owner using (status = 'ENABLED');
  create policy followed on partners.webhook_feed for select to plaza_partners_owner using (completed_at is null);
  create policy due on partners.delivery for select to plaza_partners_owner using (true);
  create policy due_taken on partners.delivery for update to plaza_partners_owner using (status = 'PENDING');
  create policy out_of_date on partners.delivery for delete to plaza_partners_owner
    using (finished_at < now() - interval '30 days');

  grant usage on schema partners to plaza_partners, plaza_gateway;
  grant select, insert on all tables in schema partners to plaza_partners;
  grant update (revoked_at, revoked_by) on partners.api_key to plaza_partners;
  grant update on partners.webhook_endpoint, partners.webhook_secret, partners.webhook_feed, partners.delivery
    to plaza_partners;
`;

/** Partners, their keys, and the webhooks that tell them what happened. */
export class Migration20261122090000_first extends Migration {
  override up(): void {
    const steps = [PARTNERS, ENDPOINTS, DELIVERIES, POLICIES, idempotencyTable('partners')];
    for (const step of steps) this.addSql(step);
  }
}
