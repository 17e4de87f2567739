import { Migration } from '@mikro-orm/migrations';

// What needs to see every tenant's events runs as the sequencer, whose policies let it; what needs to own the tables runs
// as the owner, who sees nothing. In between, readers are told first and the month goes second.
const RETENTION = `
  -- Declares the oldest month to be no longer kept, if it ended more than so many days ago and each of its events has a
  -- position: from now on a reader behind it is told. Returns the month and its highest sequence number, or no row.
  create function events.expire_month(retention_days integer) returns table (partition text, newest bigint)
    language plpgsql set search_path = events, pg_temp set timezone = 'UTC' as $$
  declare
    first uuid;
    behind uuid;
    waiting bigint;
  begin
    select c.relname into partition from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'events.event'::regclass order by c.relname limit 1;
    if month_of(partition) + interval '1 month' > now() - make_interval(days => retention_days) then return; end if;
    first := first_id(month_of(partition));
    behind := first_id(month_of(partition) + interval '1 month');
    select max(e.seq), count(*) filter (where p.seq is null) into newest, waiting
      from events.event e left join events.placement p on p.seq = e.seq where e.id >= first and e.id < behind;
    if waiting > 0 then return; end if;
    insert into events.stream as s (tenant_id, oldest)
      select p.tenant_id, max(p.position) from events.placement p join events.event e on e.seq = p.seq
        where e.id >= first and e.id < behind group by p.tenant_id
      on conflict (tenant_id) do update set oldest = greatest(s.oldest, excluded.oldest);
    return next;
  end $$;

  -- Whoever writes an event waits behind this lock, so it is given up at once when it cannot be had.
  create function events.lock_months() returns void
    language sql security definer set search_path = events, pg_temp set lock_timeout = '50ms' as $$
      lock table events.event in access exclusive mode
    $$;

  create function events.drop_month(partition text) returns void
    language plpgsql security definer set search_path = events, pg_temp set timezone = 'UTC' as $$
  begin
    if partition !~ '^event_[0-9]{4}_[0-9]{2}$'
        or month_of(partition) + interval '1 month' > now() - interval '31 days' then
      raise exception 'No month to be removed: %.', partition using errcode = 'restrict_violation';
    end if;
    execute format('drop table events.%I', partition);
  end $$;

  -- Removes an expired month, unless it got another event since. Raises lock_not_available (55P03) when transactions
  -- that wrote events are open: try again.
  create function events.remove_month(partition text, newest bigint) returns boolean
    language plpgsql set search_path = events, pg_temp set timezone = 'UTC' as $$
  begin
    perform lock_months();
    if newest is distinct from (select max(e.seq) from events.event e where e.id >= first_id(month_of(partition))
        and e.id < first_id(month_of(partition) + interval '1 month')) then
      return false;
    end if;
    perform drop_month(partition);
    return true;
  end $$;

  -- Forgets positions of events that are gone. Returns how many; the caller goes on until that is none.
  create function events.forget_positions(max_rows integer) returns bigint
    language plpgsql set search_path = events, pg_temp set timezone = 'UTC' as $$
  declare
    oldest_kept uuid := first_id(min(month_of(c.relname))) from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'events.event'::regclass;
    forgotten bigint;
  begin
    delete from events.placement where (tenant_id, position) in (
      select p.tenant_id, p.position from events.stream s join events.placement p
        on p.tenant_id = s.tenant_id and p.position <= s.oldest and p.event_id < oldest_kept limit max_rows);
    get diagnostics forgotten = row_count;
    return forgotten;
  end $$;

  grant execute on function events.make_months, events.month_of, events.expire_month, events.lock_months,
    events.drop_month, events.remove_month, events.forget_positions to plaza_sequencer;
`;

/** Whole months are removed when nobody needs them any longer. */
export class Migration20261122140002_retention extends Migration {
  override up(): void {
    this.addSql(RETENTION);
  }
}
