import { Migration } from '@mikro-orm/migrations';

// The hot path in one statement: each step is a plan that the connection keeps. Volatile, so that every step sees what was
// committed before it, and so what the lock of the plate waited for.
const ENTER = `
  -- Lets whoever else changes something about a plate wait until this transaction ends. A plate and not its row is locked,
  -- because a vehicle that is turned away leaves no row behind.
  create function tickets.lock_plate(plate text) returns void language sql volatile
    return pg_advisory_xact_lock(hashtextextended(plaza.tenant_id()::text || ' ' || plate, 0));

  -- A vehicle enters: it gets its space and its ticket, or nothing is written at all. A kind that is not given is the
  -- known one, or a car; a space that is not given is chosen by spaces.
  create function tickets.enter(new_ticket uuid, new_vehicle uuid, new_code text, at_location uuid, chosen_space uuid,
      given_plate text, given_kind text, entered timestamptz)
    returns table (outcome text, ticket tickets.ticket) language plpgsql as $$
  declare
    known record;
    space uuid;
  begin
    perform tickets.lock_plate(given_plate);
    select v.id, v.kind into known from tickets.vehicle v where v.plate = given_plate;
    if found then
      select t.* into ticket from tickets.ticket t where t.vehicle_id = known.id and t.location_id = at_location
        and t.status in ('OPEN', 'SETTLED', 'LOST');
      if found then
        outcome := 'ALREADY_INSIDE';
        return next; return;
      end if;
    end if;
    select c.outcome, c.space_id into outcome, space from spaces.claim_space(at_location,
      coalesce(given_kind, known.kind, 'CAR'), chosen_space, new_ticket, entered) c;
    if outcome = 'CLAIMED' then
      if known.id is null then
        insert into tickets.vehicle (id, plate, kind) values (new_vehicle, given_plate, coalesce(given_kind, 'CAR'));
      end if;
      insert into tickets.ticket as t (id, code, location_id, space_id, vehicle_id, vehicle_kind, entered_at, changed_at)
        values (new_ticket, new_code, at_location, space, coalesce(known.id, new_vehicle),
          coalesce(given_kind, known.kind, 'CAR'), entered, entered)
        returning t.* into ticket;
      outcome := 'ENTERED';
    end if;
    return next;
  end $$;

  revoke all on function tickets.lock_plate, tickets.enter from public;
  grant execute on function tickets.lock_plate, tickets.enter to plaza_tickets;
`;

/** How a vehicle enters. */
export class Migration20261122090050_entry extends Migration {
  override up(): void {
    this.addSql(ENTER);
  }
}
