import { Migration } from '@mikro-orm/migrations';

const SET_ASIDE = `
  drop function events.sequence(bigint, integer);
  alter table events.event rename to former_event;
  alter index events.event_pkey rename to former_event_pkey;
  alter sequence events.event_seq_seq rename to former_event_seq_seq;
  drop trigger numbered_once on events.former_event;
  drop trigger never_deleted on events.former_event;
  drop trigger never_truncated on events.former_event;
`;

const TABLES = `
  create table events.event (
    id uuid not null default uuidv7(),
    seq bigint generated always as identity,
    tenant_id uuid not null default plaza.tenant_id(),
    type text not null check (type ~ '^[a-z_]+[.][a-z_]+$'),
    version integer not null default 1 check (version > 0),
    subject_type text not null,
    subject_id uuid not null,
    location_id uuid,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    actor jsonb default plaza.actor(),
    correlation_id text default plaza.correlation_id(),
    -- the event that caused this one
    causation_id uuid default plaza.causation_id(),
    data jsonb not null default '{}',
    primary key (id)
  ) partition by range (id);
  create index event_seq on events.event (seq);

  -- which event stands at which position of its tenant's log
  create table events.placement (
    tenant_id uuid not null,
    position bigint not null check (position > 0),
    seq bigint not null,
    event_id uuid not null,
    primary key (tenant_id, position),
    constraint placed_once unique (seq)
  );

  -- every event whose seq is not above this one has a position, or will never be there; who looks for events that wait
  -- without knowing anything begins here
  create table events.low_water (seq bigint not null, single boolean primary key default true check (single));
`;

// Bounds are ids: a version 7 uuid begins with its milliseconds since 1970, so months of ids are months of time.
const MONTHS = `
  create function events.first_id(at timestamptz) returns uuid language sql immutable strict
    return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

  create function events.month_of(partition name) returns timestamptz language sql immutable strict
    return to_timestamp(substr(partition, 7) || ' +00', 'YYYY_MM TZH');

  -- Makes the months from "since" to three months from now that are missing. A month is made by itself and then
  -- attached: that waits for no writer, and no writer waits for it.
  create function events.make_months(since timestamptz default now()) returns void
    language plpgsql security definer set search_path = events, pg_temp set timezone = 'UTC' as $$
  declare
    month timestamptz;
    partition text;
  begin
    perform pg_advisory_xact_lock(hashtext('plaza.events.months'));
    for month in select generate_series(date_trunc('month', make_months.since),
        date_trunc('month', now()) + interval '3 months', interval '1 month')
    loop
      partition := 'event_' || to_char(month, 'YYYY_MM');
      continue when to_regclass('events.' || partition) is not null;
      execute format('create table events.%I (like events.event including defaults including constraints)', partition);
      execute format('alter table events.%I enable row level security, force row level security', partition);
      execute format('create trigger never_truncated before truncate on events.%I
        execute function events.refuse_change()', partition);
      execute format('alter table events.event attach partition events.%I for values from (%L) to (%L)',
        partition, first_id(month), first_id(month + interval '1 month'));
    end loop;
  end $$;
`;

// The owner must see everything for once: its tables are only forced to obey their policies afterwards.
const COPY = `
  alter table events.former_event no force row level security;
  alter table events.stream no force row level security;
  select events.make_months(coalesce(uuid_extract_timestamp((select id from events.former_event order by id limit 1)), now()));
  insert into events.event (id, seq, tenant_id, type, version, subject_type, subject_id, location_id, occurred_at,
      recorded_at, actor, correlation_id, causation_id, data) overriding system value
    select id, seq, tenant_id, type, version, subject_type, subject_id, location_id, occurred_at, recorded_at, actor,
      correlation_id, null, data from events.former_event order by seq;
  insert into events.placement (tenant_id, position, seq, event_id)
    select tenant_id, position, seq, id from events.former_event where position is not null order by seq;
  insert into events.low_water (seq)
    select coalesce(min(seq) filter (where position is null) - 1, max(seq), 0) from events.former_event;
  select setval('events.event_seq_seq', coalesce(max(seq), 0) + 1, false) from events.former_event;
  drop table events.former_event;

  -- the end of a log is its last placement; a stream says what cannot be seen there
  alter table events.stream drop column last_position, add check (oldest >= 0);
  delete from events.stream where epoch = 1 and oldest = 0;
  alter table events.stream force row level security;
`;

const GUARDS = `
  create trigger never_changed before update or delete on events.event for each row
    execute function events.refuse_change();
  create trigger never_truncated before truncate on events.event execute function events.refuse_change();
  create trigger never_changed before update on events.placement for each row
    execute function events.refuse_change();
  create trigger never_truncated before truncate on events.placement execute function events.refuse_change();

  create function events.refuse_removal() returns trigger language plpgsql as $$
  begin
    if exists (select from events.stream s where s.tenant_id = old.tenant_id and old.position <= s.oldest) then
      return old;
    end if;
    raise exception 'A position is kept as long as its event.' using errcode = 'restrict_violation';
  end $$;
  create trigger kept before delete on events.placement for each row execute function events.refuse_removal();
`;

const POLICIES = `
  alter table events.event enable row level security, force row level security;
  alter table events.placement enable row level security, force row level security;

  -- only through events.append: nobody else may insert
  create policy written_by_tenant on events.event for insert to plaza_events_owner
    with check (tenant_id = (select plaza.tenant_id()));
  create policy read_by_tenant on events.event for select to plaza_events_owner
    using (tenant_id = (select plaza.tenant_id()) and plaza.sees_location(location_id));
  create policy read_by_tenant on events.placement for select to plaza_events_owner
    using (tenant_id = (select plaza.tenant_id()));

  grant select (id, seq, tenant_id, recorded_at) on events.event to plaza_sequencer;
  grant select, insert, delete on events.placement to plaza_sequencer;
  grant select, update (seq) on events.low_water to plaza_sequencer;
  revoke update, insert on events.stream from plaza_sequencer;
  grant insert (tenant_id, oldest), update (oldest) on events.stream to plaza_sequencer;
  create policy seen_by_sequencer on events.event for select to plaza_sequencer using (true);
  create policy kept_by_sequencer on events.placement to plaza_sequencer using (true) with check (true);
`;

/** Events are only ever inserted, a month to a table; where they stand in their log is a row of its own. */
export class Migration20261122140000_append_only extends Migration {
  override up(): void {
    for (const step of [SET_ASIDE, TABLES, MONTHS, COPY, GUARDS, POLICIES]) this.addSql(step);
  }
}
