import { Migration } from '@mikro-orm/migrations';

// For all tenants at once: one whose log was empty in the backup, or that has no row of its own anywhere, had given out
// cursors too. The owner must see every row of events.stream for once.
const HISTORY = `
  -- to which history the positions of all logs belong; it changes when they are given out anew (a restored backup)
  create table events.history (
    epoch integer not null check (epoch > 0),
    single boolean primary key default true check (single)
  );
  alter table events.stream no force row level security;
  insert into events.history (epoch) select coalesce(max(s.epoch), 1) from events.stream s;
  alter table events.stream drop column epoch;
  alter table events.stream force row level security;

  create function events.refuse_former_epoch() returns trigger language plpgsql as $$
  begin
    raise exception 'An epoch does not come back.' using errcode = 'restrict_violation';
  end $$;
  create trigger only_rises before update on events.history for each row when (new.epoch <= old.epoch)
    execute function events.refuse_former_epoch();
`;

// The number is the time in seconds: one more than the last would come again when the same backup is restored twice, and
// between the two restores cursors were given out.
const BEGIN_EPOCH = `
  -- Begins a new epoch: no cursor that was given out before is one of these logs any more. Raises object_in_use (55006)
  -- while a sequencer is elected, for the processes of a running Plaza keep the epoch that they began with.
  create function events.begin_epoch() returns integer
    language plpgsql set search_path = events, pg_temp as $$
  declare begun integer;
  begin
    if not pg_try_advisory_xact_lock(hashtext('plaza.events.sequencer')) then
      raise exception 'A Plaza is running on this database: end it, then run this again.' using errcode = 'object_in_use';
    end if;
    update events.history h set epoch = greatest(h.epoch + 1,
        floor(extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00Z'))::integer)
      returning h.epoch into begun;
    return begun;
  end $$;
  -- left to the owner: it is called by an administrator, who can become that role
  revoke all on function events.begin_epoch, events.refuse_former_epoch from public;
`;

// The last statement of events.read comes after the reading on purpose, and the function is volatile so that it sees more:
// a month that was removed before the reading could lock it was, in the same transaction, also said to be removed.
//
// The bounds are variables: under row-level security an index is not asked for what a coalesce() or a sub-select yields.
const READ = `
  create or replace function events.read(tenant_id uuid, after bigint, max_rows integer, types text[] default null,
      location_ids uuid[] default null, upto bigint default null)
    returns table (id uuid, "position" bigint, type text, version integer, subject_type text, subject_id uuid,
      location_id uuid, occurred_at timestamptz, recorded_at timestamptz, actor jsonb, correlation_id text,
      causation_id uuid, data jsonb)
    language plpgsql security definer set search_path = events, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  declare
    oldest bigint;
    last bigint := coalesce(read.upto, 9223372036854775807);
    begins bigint;
  begin
    -- the round in which the next event stands
    select p.first_position into begins from events.placement p
      where p.tenant_id = read.tenant_id and p.first_position <= read.after + 1
      order by p.first_position desc limit 1;
    begins := coalesce(begins, 0);
    return query select e.id, p.first_position + placed.nth - 1, e.type, e.version, e.subject_type, e.subject_id,
        e.location_id, e.occurred_at, e.recorded_at, e.actor, e.correlation_id, e.causation_id, e.data
      from events.placement p
        cross join lateral unnest(p.event_ids) with ordinality as placed (event_id, nth)
        join events.event e on e.id = placed.event_id
      where p.tenant_id = read.tenant_id and p.first_position >= begins and p.first_position <= last
        and placed.nth between read.after - p.first_position + 2 and last - p.first_position + 1
        and (read.types is null or e.type = any (read.types))
        and (read.location_ids is null or e.location_id = any (read.location_ids))
      order by p.first_position, placed.nth limit read.max_rows;
    select s.oldest into oldest from events.stream s where s.tenant_id = read.tenant_id;
    if read.after < oldest then
      raise exception 'The events after position % are no longer kept.', read.after using errcode = 'PZ410',
        detail = json_build_object('epoch', (select h.epoch from events.history h), 'oldest', oldest);
    end if;
  end $$;

  create or replace function events.head(tenant_id uuid)
    returns table (last_position bigint, epoch integer, oldest bigint)
    language plpgsql stable security definer set search_path = events, pg_temp as $$
  begin
    select h.epoch into epoch from events.history h;
    select s.oldest into oldest from events.stream s where s.tenant_id = head.tenant_id;
    oldest := coalesce(oldest, 0);
    last_position := greatest(oldest, (select p.last_position from events.placement p
      where p.tenant_id = head.tenant_id order by p.first_position desc limit 1));
    return next;
  end $$;
`;

/** An administrator who restored a backup begins a new epoch, for all logs at once; and reading over rounds. */
export class Migration20261122235000_restored extends Migration {
  override up(): void {
    for (const step of [HISTORY, BEGIN_EPOCH, READ]) this.addSql(step);
  }
}
