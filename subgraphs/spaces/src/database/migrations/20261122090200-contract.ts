import { Migration } from '@mikro-orm/migrations';

const CHOOSE = `
  -- Locks a space of one of the kinds that is free from an instant on: of several the one that was freed last, which
  -- leaves the longer free ones to stays that are reported late. Spaces that others are taking just now are skipped.
  -- But a location is only full when nobody who is taking its last spaces can still roll back: an entry that is left with
  -- nothing looks again until there is no candidate at all. It sleeps between, and never waits for a lock: a row that was
  -- taken under its eyes stays locked by it, so two entries that waited could wait for each other.
  -- The skew is for a space that was freed by a clock that runs ahead of the entry's.
  create function spaces.choose_vacancy(at_location uuid, kinds text[], entered_at timestamptz, skew interval)
    returns table (space_id uuid, free_from timestamptz) language plpgsql as $$
  declare
    latest constant timestamptz := entered_at + skew;
    pause double precision := 0.001;
    instant timestamptz;
    of_kind text;
  begin
    loop
      foreach instant in array array[entered_at, latest] loop
        foreach of_kind in array kinds loop
          select v.space_id, v.free_from into choose_vacancy.space_id, choose_vacancy.free_from from spaces.vacancy v
            where v.location_id = at_location and v.kind = of_kind and v.free_from <= instant
            order by v.free_from desc, v.space_id limit 1 for update skip locked;
          if found then return next; return; end if;
        end loop;
      end loop;
      if not exists (select from spaces.vacancy v
          where v.location_id = at_location and v.kind = any (kinds) and v.free_from <= latest) then return; end if;
      perform pg_sleep(pause);
      pause := least(pause * 2, 0.02);
    end loop;
  end $$;
`;

// Lock order everywhere: the vacancy first, then the space and its claims.
const CLAIM = `
  create function spaces.claim_space(at_location uuid, vehicle_kind text, chosen_space uuid, ticket uuid, entered_at timestamptz)
    returns table (outcome text, space_id uuid)
    language plpgsql security definer set search_path = spaces, pg_temp as $$
  declare
    skew constant interval := interval '60 seconds';
    kinds text[] := case vehicle_kind when 'MOTORCYCLE' then array['MOTORCYCLE', 'CAR'] else array[vehicle_kind] end;
    vacancy record;
  begin
    if not exists (select from spaces.location l where l.id = at_location) then
      return query select 'NO_LOCATION', null::uuid; return;
    end if;
    loop
      if chosen_space is null then
        select v.* into vacancy from spaces.choose_vacancy(at_location, kinds, entered_at, skew) v;
        if not found then return query select 'NO_SPACE', null::uuid; return; end if;
      else
        select v.space_id, v.free_from into vacancy from spaces.vacancy v
          where v.space_id = chosen_space and v.location_id = at_location for update;
        if not found then return query select 'NO_SUCH_SPACE', null::uuid; return; end if;
        if vacancy.free_from > entered_at + skew then return query select 'SPACE_NOT_AVAILABLE', chosen_space; return; end if;
      end if;
      insert into spaces.claim (location_id, space_id, kind, reference, begins_at)
        values (at_location, vacancy.space_id, 'STAY', ticket, greatest(entered_at, vacancy.free_from))
        on conflict on constraint space_is_claimed_once do nothing;
      if found then return query select 'CLAIMED', vacancy.space_id; return; end if;
      -- the hint was wrong: mend it and choose again
      update spaces.vacancy v set free_from = spaces.last_claim_end(v.space_id) where v.space_id = vacancy.space_id;
    end loop;
  end $$;
`;

const RELEASE = `
  -- Ends the stay of a ticket and tells which space is free again; null when the ticket holds none.
  create function spaces.release_space(ticket uuid, exited_at timestamptz) returns uuid
    language plpgsql security definer set search_path = spaces, pg_temp as $$
  declare space uuid;
  begin
    select c.space_id into space from spaces.claim c
      where c.reference = ticket and c.kind = 'STAY' and c.ends_at = 'infinity';
    if not found then return null; end if;
    perform from spaces.vacancy v where v.space_id = space for update;
    update spaces.claim c set ends_at = greatest(exited_at, c.begins_at)
      where c.reference = ticket and c.kind = 'STAY' and c.ends_at = 'infinity';
    return case when found then space end;
  end $$;
`;

const READ = `
  create function spaces.read_locations(ids uuid[])
    returns table (location_id uuid, time_zone text, currency_code text, name text)
    language sql stable security definer set search_path = spaces, pg_temp
    begin atomic
      select l.id, l.time_zone, l.currency_code, l.name from spaces.location l where l.id = any (ids);
    end;
`;

const GRANTS = `
  revoke all on all functions in schema spaces from public;
  grant usage on schema spaces to plaza_tickets, plaza_tickets_owner, plaza_payments, plaza_payments_owner;
  grant execute on function spaces.claim_space, spaces.release_space to plaza_tickets, plaza_tickets_owner;
  grant execute on function spaces.read_locations to plaza_tickets, plaza_payments, plaza_payments_owner;
`;

/** The functions that other subgraphs may call, inside their own transactions. */
export class Migration20261122090200_contract extends Migration {
  override up(): void {
    for (const step of [CHOOSE, CLAIM, RELEASE, READ, GRANTS]) this.addSql(step);
  }
}
