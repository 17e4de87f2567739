import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

// The bounds are columns and not a range: comparisons of ranges are not leakproof, so row-level security would keep them
// from using an index. An open end is 'infinity', so that one comparison finds both open and planned ends. A stay of no
// length is an empty range, which excludes nothing.
const CLAIM = `
  create table spaces.claim (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    space_id uuid not null references spaces.space,
    kind text not null check (kind in ('STAY', 'RESERVATION', 'BLOCK')),
    reference uuid,
    reason text check (char_length(reason) <= 500),
    begins_at timestamptz not null check (isfinite(begins_at)),
    ends_at timestamptz not null default 'infinity',
    constraint claim_ends_after_it_begins check (ends_at >= begins_at),
    constraint space_is_claimed_once
      exclude using gist (space_id with =, tstzrange(begins_at, ends_at) with &&)
  );
  create index claim_of_location on spaces.claim (location_id, ends_at) include (kind, begins_at, tenant_id);
  create index claim_of_space on spaces.claim (space_id, ends_at);
  create unique index one_open_stay_of_a_ticket on spaces.claim (reference)
    where kind = 'STAY' and ends_at = 'infinity';
`;

// Finds a free space by index in a nearly full location, and is the row that a claim locks: claims of one space queue
// here. A table of its own, because it changes at every entry and exit, and the space itself never does.
const VACANCY = `
  create table spaces.vacancy (
    space_id uuid primary key references spaces.space on delete cascade,
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    kind text not null,
    free_from timestamptz not null default '-infinity'
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
  create index vacancy_by_freedom on spaces.vacancy (location_id, kind, free_from desc, space_id);

  create function spaces.open_vacancies() returns trigger language plpgsql as $$
  begin
    insert into spaces.vacancy (space_id, location_id, kind) select s.id, s.location_id, s.kind from added s;
    return null;
  end $$;
  create trigger open_vacancies after insert on spaces.space referencing new table as added
    for each statement execute function spaces.open_vacancies();

  create function spaces.follow_kind() returns trigger language plpgsql as $$
  begin
    update spaces.vacancy set kind = new.kind where space_id = new.id;
    return null;
  end $$;
  create trigger follow_kind after update of kind on spaces.space for each row
    when (old.kind <> new.kind) execute function spaces.follow_kind();

  -- When the last claim of a space ends. An index hint: what excludes a second claim is the constraint.
  create function spaces.last_claim_end(space uuid) returns timestamptz language sql stable
    return coalesce((select max(c.ends_at) from spaces.claim c where c.space_id = space and c.ends_at > c.begins_at),
      '-infinity');

  create function spaces.follow_claims() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      update spaces.vacancy v set free_from = new.ends_at
        where v.space_id = new.space_id and v.free_from < new.ends_at and new.ends_at > new.begins_at;
    elsif old.ends_at = 'infinity' and new.ends_at > new.begins_at then
      -- an open claim is its space's last one, so its end is the space's
      update spaces.vacancy v set free_from = new.ends_at where v.space_id = new.space_id;
    else
      update spaces.vacancy v set free_from = spaces.last_claim_end(v.space_id) where v.space_id = new.space_id;
    end if;
    return null;
  end $$;
  create trigger follow_claims after insert or update of ends_at on spaces.claim
    for each row execute function spaces.follow_claims();
`;

const EVENTS = `
  create function spaces.tell_location_created() returns trigger language plpgsql as $$
  begin
    perform events.append('location.created', 'Location', new.id, new.id, new.created_at, jsonb_build_object(
      'locationId', new.id, 'name', new.name, 'timeZone', new.time_zone, 'currencyCode', new.currency_code));
    return null;
  end $$;
  create trigger tell_location_created after insert on spaces.location
    for each row execute function spaces.tell_location_created();

  create function spaces.tell_space_added() returns trigger language plpgsql as $$
  begin
    perform events.append('space.added', 'Space', s.id, s.location_id, s.created_at,
        jsonb_build_object('spaceId', s.id, 'number', s.number, 'kind', s.kind, 'locationId', s.location_id))
      from added s order by s.id;
    return null;
  end $$;
  create trigger tell_space_added after insert on spaces.space referencing new table as added
    for each statement execute function spaces.tell_space_added();

  create function spaces.tell_claim() returns trigger language plpgsql as $$
  declare
    stay boolean := new.kind = 'STAY';
    number text := (select s.number from spaces.space s where s.id = new.space_id);
  begin
    perform events.append(
      case when tg_op = 'INSERT' then case when stay then 'space.occupied' else 'space.taken_out_of_service' end
           else case when stay then 'space.freed' else 'space.returned_to_service' end end,
      'Space', new.space_id, new.location_id, case when tg_op = 'INSERT' then new.begins_at else new.ends_at end,
      jsonb_build_object('spaceId', new.space_id, 'number', number, 'locationId', new.location_id)
        || case when stay then jsonb_build_object('ticketId', new.reference) else jsonb_build_object('reason', new.reason) end);
    return null;
  end $$;
  create trigger tell_claim_begun after insert on spaces.claim
    for each row when (new.kind in ('STAY', 'BLOCK')) execute function spaces.tell_claim();
  create trigger tell_claim_ended after update of ends_at on spaces.claim
    for each row when (new.kind in ('STAY', 'BLOCK') and old.ends_at = 'infinity' and new.ends_at <> 'infinity')
    execute function spaces.tell_claim();
`;

const GRANTS = `
  grant select, insert, update on spaces.claim, spaces.vacancy to plaza_spaces;
  revoke all on all functions in schema spaces from public;
  grant execute on function spaces.last_claim_end to plaza_spaces;
`;

/** Who is in a space: claims, of which the database allows one at a time; what follows from them by trigger. */
export class Migration20261122090100_claims extends Migration {
  override up(): void {
    const policies = [
      shutByTenant('spaces.claim', 'location_id'),
      shutByTenant('spaces.vacancy', 'location_id'),
    ];
    for (const step of [CLAIM, VACANCY, EVENTS, ...policies, GRANTS]) this.addSql(step);
  }
}
