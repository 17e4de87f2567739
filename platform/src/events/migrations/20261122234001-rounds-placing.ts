import { Migration } from '@mikro-orm/migrations';

// Placing is serialized by the sequencer's advisory lock, taken again here so that even two callers at once leave no
// hole: who doesn't get it places nothing. The statements after the lock see everything committed before it, and a
// memory that is out of date does no harm, for what has a place is passed over.
const SEQUENCE = `
  drop function events.sequence(bigint, bigint[], bigint[], integer, timestamptz);

  -- Which of these numbers no round has placed and the low-water mark does not settle.
  create function events.unplaced(seqs int8multirange) returns int8multirange
    language sql set search_path = events, pg_temp as $$
      select unplaced.seqs * int8multirange(int8range(w.seq, null, '()'))
          - coalesce((select range_agg(r.seqs) from events.round r where r.seqs && unplaced.seqs), '{}')
        from events.low_water w
    $$;

  -- Gives the next positions to events whose numbers are among "looked", at most so many (no more than 500). Returns no
  -- row when somebody else is placing; else the oldest transaction that was open when it looked, and, unless it placed
  -- nothing, the numbers that it placed and a transaction number taken after it looked. "recent" looks only into
  -- the months from 40 days ago until tomorrow.
  create function events.sequence(looked int8multirange, max_rows integer, recent boolean default false)
    returns table (placed int8multirange, oldest_open xid8, own xid8)
    language plpgsql set search_path = events, pg_temp set plan_cache_mode = force_generic_plan
    set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
  declare
    seqs bigint[];
    ids uuid[];
    tenants uuid[];
    told text[];
    first uuid := '00000000-0000-0000-0000-000000000000';
    behind uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  begin
    if not pg_try_advisory_xact_lock(hashtext('plaza.events.sequencer')) then return; end if;
    if recent then
      first := first_id(now() - interval '40 days');
      behind := first_id(now() + interval '1 day');
    end if;
    looked := unplaced(looked);
    select array_agg(w.seq), array_agg(w.id), array_agg(w.tenant_id),
        pg_snapshot_xmin(pg_current_snapshot())
      into seqs, ids, tenants, oldest_open
      from (select * from (select e.seq, e.id, e.tenant_id from unnest(looked) as gap
          cross join lateral (select e.seq, e.id, e.tenant_id from events.event e
            where e.seq >= lower(gap) and e.seq < coalesce(upper(gap), 9223372036854775807) and e.id >= first and e.id < behind
            order by e.seq limit max_rows) e
          limit max_rows) found
        order by found.seq) w;
    if seqs is not null then
      own := pg_current_xact_id();
      placed := (select range_agg(int8range(s, s, '[]')) from unnest(seqs) as s);
      insert into events.round (seqs) values (placed);
      with added as (
        insert into events.placement (tenant_id, first_position, event_ids)
          select w.tenant_id, 1 + greatest(
              (select p.last_position from events.placement p where p.tenant_id = w.tenant_id
                order by p.first_position desc limit 1),
              (select s.oldest from events.stream s where s.tenant_id = w.tenant_id), 0),
              array_agg(w.id order by w.nth)
            from unnest(ids, tenants) with ordinality as w (id, tenant_id, nth) group by w.tenant_id
          returning placement.tenant_id, placement.last_position
      )
      select array_agg(a.tenant_id || ':' || a.last_position) into told from added a;
      -- a notification holds less than 8000 bytes
      perform pg_notify('plaza_events', string_agg(t.entry, ','))
        from unnest(told) with ordinality as t (entry, nth) group by t.nth / 100;
    end if;
    return next;
  end $$;

  -- Settles the numbers up to this one: each has its position, or will never be there. Nobody looks for them again.
  create function events.settle(seq bigint) returns void
    language sql set search_path = events, pg_temp as $$
      update events.low_water w set seq = settle.seq where w.seq < settle.seq;
      delete from events.round r where r.seqs << int8range(settle.seq, null, '()');
    $$;

  grant execute on function events.unplaced, events.sequence, events.settle to plaza_sequencer;
`;

const RETENTION = `
  create or replace function events.expire_month(retention_days integer)
    returns table (partition text, newest bigint)
    language plpgsql set search_path = events, pg_temp set timezone = 'UTC' as $$
  declare
    first uuid;
    behind uuid;
  begin
    select c.relname into partition from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'events.event'::regclass order by c.relname limit 1;
    if month_of(partition) + interval '1 month' > now() - make_interval(days => retention_days) then return; end if;
    first := first_id(month_of(partition));
    behind := first_id(month_of(partition) + interval '1 month');
    if exists (select from unnest(unplaced('{(,)}')) as gap join events.event e on e.seq >= lower(gap)
        and e.seq < coalesce(upper(gap), 9223372036854775807) where e.id >= first and e.id < behind) then
      return;
    end if;
    select max(e.seq) into newest from events.event e where e.id >= first and e.id < behind;
    insert into events.stream as s (tenant_id, oldest)
      select p.tenant_id, max(p.first_position + placed.nth - 1) from events.placement p
          cross join lateral unnest(p.event_ids) with ordinality as placed (event_id, nth)
        where placed.event_id >= first and placed.event_id < behind group by p.tenant_id
      on conflict (tenant_id) do update set oldest = greatest(s.oldest, excluded.oldest);
    return next;
  end $$;

  -- Forgets positions that nobody may read any more. Returns how many rows those were; the caller goes on until that
  -- is none.
  create or replace function events.forget_positions(max_rows integer) returns bigint
    language plpgsql set search_path = events, pg_temp as $$
  declare forgotten bigint;
  begin
    delete from events.placement where (tenant_id, first_position) in (
      select p.tenant_id, p.first_position from events.stream s join events.placement p
        on p.tenant_id = s.tenant_id and p.last_position <= s.oldest limit max_rows);
    get diagnostics forgotten = row_count;
    return forgotten;
  end $$;
`;

/** Placing and forgetting over rounds; reading comes with the next one. */
export class Migration20261122234001_rounds_placing extends Migration {
  override up(): void {
    for (const step of [SEQUENCE, RETENTION]) this.addSql(step);
  }
}
