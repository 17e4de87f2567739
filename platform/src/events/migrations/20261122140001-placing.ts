import { Migration } from '@mikro-orm/migrations';

const READERS = 'plaza_gateway, plaza_partners, plaza_partners_owner';

// The transaction has its number before the event has its own. So whoever sees a later event and then takes a
// transaction number of its own knows that the transaction of every earlier event has a lower one: when all those have
// ended, an event that is not there will never be. The sequencer's memory of holes stands on this order.
//
// Runs as its owner, always: PostgreSQL plans a statement under row-level security anew at every change of role.
const APPEND = `
  create or replace function events.append(type text, subject_type text, subject_id uuid, location_id uuid,
      occurred_at timestamptz, data jsonb default '{}', version integer default 1)
    returns uuid language plpgsql security definer set search_path = events, pg_temp as $$
  declare
    transaction_id xid8 := pg_current_xact_id();
    event_id uuid := uuidv7();
  begin
    insert into events.event (id, type, version, subject_type, subject_id, location_id, occurred_at, data)
      values (event_id, append.type, append.version, append.subject_type, append.subject_id, append.location_id,
        append.occurred_at, append.data);
    return event_id;
  end $$;
`;

// Two statements on purpose, and the function is volatile so that the second one sees more than the first: a month that
// was removed before the first could lock it was, in the same transaction, also said to be removed.
const READ = `
  drop function events.read(uuid, bigint, integer, text[], uuid[], bigint);
  drop function events.head(uuid);

  -- The tenant's events after a position, oldest first. "upto" bounds a reader that filters, so that it knows how far it
  -- has looked even when nothing matched. Raises PZ410 when events after the position are no longer kept.
  create function events.read(tenant_id uuid, after bigint, max_rows integer, types text[] default null,
      location_ids uuid[] default null, upto bigint default null)
    returns table (id uuid, "position" bigint, type text, version integer, subject_type text, subject_id uuid,
      location_id uuid, occurred_at timestamptz, recorded_at timestamptz, actor jsonb, correlation_id text,
      causation_id uuid, data jsonb)
    language plpgsql security definer set search_path = events, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  declare kept record;
  begin
    return query select e.id, p.position, e.type, e.version, e.subject_type, e.subject_id, e.location_id,
        e.occurred_at, e.recorded_at, e.actor, e.correlation_id, e.causation_id, e.data
      from events.placement p join events.event e on e.id = p.event_id
      where p.tenant_id = read.tenant_id and p.position > read.after
        and p.position <= coalesce(read.upto, 9223372036854775807)
        and (read.types is null or e.type = any (read.types))
        and (read.location_ids is null or e.location_id = any (read.location_ids))
      order by p.position limit read.max_rows;
    select s.epoch, s.oldest into kept from events.stream s where s.tenant_id = read.tenant_id;
    if read.after < kept.oldest then
      raise exception 'The events after position % are no longer kept.', read.after
        using errcode = 'PZ410', detail = to_json(kept);
    end if;
  end $$;

  -- The position of the tenant's newest event (0 before the first one), the log's epoch and how far back it reaches.
  create function events.head(tenant_id uuid) returns table (last_position bigint, epoch integer, oldest bigint)
    language plpgsql stable security definer set search_path = events, pg_temp as $$
  begin
    select s.epoch, s.oldest into epoch, oldest from events.stream s where s.tenant_id = head.tenant_id;
    epoch := coalesce(epoch, 1);
    oldest := coalesce(oldest, 0);
    last_position := greatest(oldest, (select p.position from events.placement p
      where p.tenant_id = head.tenant_id order by p.position desc limit 1));
    return next;
  end $$;
`;

// Placing is serialized by the sequencer's advisory lock, taken again here so that even two callers at once leave no
// hole: who doesn't get it places nothing. The statement after the lock sees everything committed before it, and a
// memory that is out of date does no harm, for what has a place is passed over.
const SEQUENCE = `
  -- Gives the next positions to events above "after_seq" and in the holes, at most so many of either. Returns no row when somebody else is placing; else what it placed, the oldest transaction that was open when
  -- it looked, and a transaction number taken after it looked (null when it placed nothing). "since" leaves out months
  -- that ended before it.
  create function events.sequence(after_seq bigint, hole_starts bigint[], hole_ends bigint[], max_rows integer,
      since timestamptz default '1970-01-01')
    returns table (placed bigint[], oldest_open xid8, own xid8)
    language plpgsql set search_path = events, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
  declare
    ids uuid[];
    tenants uuid[];
    first uuid := first_id(sequence.since);
    told text;
  begin
    if not pg_try_advisory_xact_lock(hashtext('plaza.events.sequencer')) then return; end if;
    select array_agg(w.seq order by w.seq), array_agg(w.id order by w.seq), array_agg(w.tenant_id order by w.seq),
        pg_snapshot_xmin(pg_current_snapshot())
      into placed, ids, tenants, oldest_open
      from (
        (select e.seq, e.id, e.tenant_id from unnest(hole_starts, hole_ends) as hole (first_seq, last_seq)
          join events.event e on e.seq between hole.first_seq and hole.last_seq and e.id >= first
          where (select true from events.placement p where p.seq = e.seq) is null order by e.seq limit max_rows)
        union all
        (select e.seq, e.id, e.tenant_id from events.event e where e.seq > after_seq and e.id >= first
          and (select true from events.placement p where p.seq = e.seq) is null order by e.seq limit max_rows)
      ) w;
    if placed is not null then
      own := pg_current_xact_id();
      for told in
        with waiting as (
          select * from unnest(placed, ids, tenants) as w (seq, id, tenant_id)
        ), grown as (
          select t.tenant_id, greatest(
              (select p.position from events.placement p where p.tenant_id = t.tenant_id order by p.position desc limit 1),
              (select s.oldest from events.stream s where s.tenant_id = t.tenant_id), 0) as last
            from (select distinct w.tenant_id from waiting w) t
        ), added as (
          insert into events.placement (tenant_id, position, seq, event_id)
            select w.tenant_id, g.last + row_number() over (partition by w.tenant_id order by w.seq), w.seq, w.id
              from waiting w join grown g on g.tenant_id = w.tenant_id
            returning placement.tenant_id, placement.position
        ), ends as (
          select a.tenant_id, max(a.position) as last, row_number() over () / 100 as part from added a group by a.tenant_id
        )
        -- a notification holds less than 8000 bytes
        select string_agg(e.tenant_id || ':' || e.last, ',') from ends e group by e.part
      loop
        perform pg_notify('plaza_events', told);
      end loop;
    end if;
    return next;
  end $$;
`;

const GRANTS = `
  grant execute on function events.read, events.head to ${READERS};
  grant execute on function events.sequence, events.first_id to plaza_sequencer;
`;

/** Writing, reading and placing over the append-only tables. */
export class Migration20261122140001_placing extends Migration {
  override up(): void {
    for (const step of [APPEND, READ, SEQUENCE, GRANTS]) this.addSql(step);
  }
}
