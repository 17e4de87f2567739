import { Migration } from '@mikro-orm/migrations';

const STAY = `(ticket_id uuid, code text, location_id uuid, vehicle_kind text, status text, entered_at timestamptz,
  exited_at timestamptz)`;
const COLUMNS = 't.id, t.code, t.location_id, t.vehicle_kind, t.status, t.entered_at, t.exited_at';

const FUNCTIONS = `
  create function tickets.read_stays(ids uuid[]) returns table ${STAY}
    language sql stable security definer set search_path = tickets, pg_temp
    begin atomic
      select ${COLUMNS} from tickets.ticket t where t.id = any (ids);
    end;

  -- The stay, locked: payments and exits of one ticket queue here.
  create function tickets.lock_stay(ticket uuid) returns table ${STAY}
    language sql security definer set search_path = tickets, pg_temp
    begin atomic
      select ${COLUMNS} from tickets.ticket t where t.id = ticket for update;
    end;

  -- Nothing is due any more. A stay may be settled again, when the grace has passed and more was paid.
  create function tickets.settle_stay(ticket uuid, settled_at timestamptz) returns void
    language plpgsql security definer set search_path = tickets, pg_temp as $$
  begin
    update tickets.ticket t
      set status = 'SETTLED', settled_at = settle_stay.settled_at, changed_at = settle_stay.settled_at
      where t.id = ticket and t.status in ('OPEN', 'LOST', 'SETTLED');
    if not found then raise exception 'The stay % cannot be settled.', ticket using errcode = 'P0002'; end if;
  end $$;

  -- The vehicle has left: the ticket is closed and its space is free again.
  create function tickets.close_stay(ticket uuid, exited_at timestamptz) returns void
    language plpgsql security definer set search_path = tickets, pg_temp as $$
  begin
    update tickets.ticket t set status = 'CLOSED', exited_at = close_stay.exited_at, changed_at = close_stay.exited_at
      where t.id = ticket and t.status in ('OPEN', 'LOST', 'SETTLED');
    if not found then raise exception 'The stay % cannot be closed.', ticket using errcode = 'P0002'; end if;
    perform spaces.release_space(ticket, exited_at);
  end $$;
`;

const GRANTS = `
  revoke all on all functions in schema tickets from public;
  grant usage on schema tickets to plaza_payments, plaza_payments_owner;
  grant execute on function tickets.read_stays, tickets.lock_stay, tickets.settle_stay, tickets.close_stay
    to plaza_payments, plaza_payments_owner;
`;

/** The functions that other subgraphs may call, inside their own transactions. */
export class Migration20261122090100_contract extends Migration {
  override up(): void {
    for (const step of [FUNCTIONS, GRANTS]) this.addSql(step);
  }
}
