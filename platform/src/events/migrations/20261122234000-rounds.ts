import { Migration } from '@mikro-orm/migrations';

const TABLES = `
  alter table events.placement rename to former_placement;
  alter index events.placement_pkey rename to former_placement_pkey;
  alter index events.placed_once rename to former_placed_once;

  -- the events that one round of the sequencer put at the end of a tenant's log, in their order
  create table events.placement (
    tenant_id uuid not null,
    first_position bigint not null check (first_position > 0),
    last_position bigint not null generated always as (first_position + cardinality(event_ids) - 1) stored,
    -- 500 of them still stand in the row itself
    event_ids uuid[] not null check (cardinality(event_ids) between 1 and 500),
    primary key (tenant_id, first_position)
  ) with (toast_tuple_target = 8160);
  alter table events.placement alter column event_ids set storage plain;

  -- the numbers (event.seq) that one round gave positions to: no number is in two of them. What is settled, all up to
  -- events.low_water, is no longer told here.
  create table events.round (
    seqs int8multirange not null check (not isempty(seqs)),
    constraint placed_once exclude using gist (seqs with &&)
  );
`;

// The owner must see everything for once. What lies behind "oldest" nobody may read any more.
const COPY = `
  alter table events.former_placement no force row level security;
  alter table events.stream no force row level security;
  insert into events.placement (tenant_id, first_position, event_ids)
    select p.tenant_id, min(p.position), array_agg(p.event_id order by p.position)
      from events.former_placement p left join events.stream s on s.tenant_id = p.tenant_id
      where p.position > coalesce(s.oldest, 0)
      group by p.tenant_id, (p.position - coalesce(s.oldest, 0) - 1) / 500;
  insert into events.round (seqs)
    select seqs from (select range_agg(int8range(p.seq, p.seq, '[]')) as seqs
      from events.former_placement p where p.seq > (select w.seq from events.low_water w)) placed
    where seqs is not null;
  drop table events.former_placement;
  alter table events.stream force row level security;
`;

const GUARDS = `
  create trigger never_changed before update on events.placement for each row
    execute function events.refuse_change();
  create trigger never_truncated before truncate on events.placement execute function events.refuse_change();
  create or replace function events.refuse_removal() returns trigger language plpgsql as $$
  begin
    if exists (select from events.stream s where s.tenant_id = old.tenant_id and old.last_position <= s.oldest) then
      return old;
    end if;
    raise exception 'A position is kept as long as its event.' using errcode = 'restrict_violation';
  end $$;
  create trigger kept before delete on events.placement for each row execute function events.refuse_removal();

  create trigger never_changed before update on events.round for each row execute function events.refuse_change();
  create trigger never_truncated before truncate on events.round execute function events.refuse_change();
  create function events.refuse_unsettled() returns trigger language plpgsql as $$
  begin
    if upper(old.seqs) - 1 <= (select w.seq from events.low_water w) then return old; end if;
    raise exception 'A round is kept until all below it is settled.' using errcode = 'restrict_violation';
  end $$;
  create trigger kept before delete on events.round for each row execute function events.refuse_unsettled();

  -- nobody looks below the mark, and nothing there is known to be placed
  create function events.refuse_falling() returns trigger language plpgsql as $$
  begin
    raise exception 'The low-water mark only rises.' using errcode = 'restrict_violation';
  end $$;
  create trigger only_rises before update on events.low_water for each row when (new.seq < old.seq)
    execute function events.refuse_falling();
`;

const POLICIES = `
  alter table events.placement enable row level security, force row level security;
  alter table events.round enable row level security, force row level security;
  create policy read_by_tenant on events.placement for select to plaza_events_owner
    using (tenant_id = (select plaza.tenant_id()));
  grant select, insert, delete on events.placement, events.round to plaza_sequencer;
  create policy kept_by_sequencer on events.placement to plaza_sequencer using (true) with check (true);
  create policy kept_by_sequencer on events.round to plaza_sequencer using (true) with check (true);
`;

/** What a round of the sequencer places is a row for each tenant, and not for each event. */
export class Migration20261122234000_rounds extends Migration {
  override up(): void {
    for (const step of [TABLES, COPY, GUARDS, POLICIES]) this.addSql(step);
  }
}
