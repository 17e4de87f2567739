import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '@plaza/platform/database/idempotency';
import { shutByTenant } from '@plaza/platform/database/row-security';

const CUSTOMER_AND_VEHICLE = `
  create table tickets.customer (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    name text not null check (char_length(name) between 1 and 200),
    email text check (char_length(email) <= 320),
    created_at timestamptz not null default now()
  );

  create table tickets.vehicle (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    plate text not null check (char_length(plate) between 1 and 16),
    kind text not null check (kind in ('CAR', 'MOTORCYCLE', 'TRUCK')),
    customer_id uuid references tickets.customer,
    created_at timestamptz not null default now(),
    constraint vehicle_plate_is_taken unique (tenant_id, plate)
  );
  create index vehicle_of_customer on tickets.vehicle (customer_id) where customer_id is not null;
`;

// A stay is live until the vehicle has left or the ticket is void. The space's claim is live as long. The key starts with
// the tenant: on a key of the id alone, a list in the order of ids would walk through the tickets of all tenants.
const TICKET = `
  create table tickets.ticket (
    id uuid not null default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    code text not null check (char_length(code) between 4 and 20),
    location_id uuid not null,
    space_id uuid not null,
    vehicle_id uuid not null references tickets.vehicle,
    vehicle_kind text not null check (vehicle_kind in ('CAR', 'MOTORCYCLE', 'TRUCK')),
    status text not null default 'OPEN' check (status in ('OPEN', 'SETTLED', 'CLOSED', 'VOID', 'LOST')),
    entered_at timestamptz not null,
    settled_at timestamptz,
    exited_at timestamptz,
    changed_at timestamptz not null,
    void_reason text check (char_length(void_reason) <= 500),
    primary key (tenant_id, id),
    constraint ticket_code_is_taken unique (tenant_id, code),
    constraint ticket_exits_after_it_entered check (exited_at >= entered_at),
    constraint ticket_is_closed_by_its_exit check ((status = 'CLOSED') = (exited_at is not null))
  );
  create unique index one_live_stay_of_a_vehicle on tickets.ticket (location_id, vehicle_id)
    where status in ('OPEN', 'SETTLED', 'LOST');
  create index ticket_of_location on tickets.ticket (location_id, id);
  create index live_ticket_of_location on tickets.ticket (location_id, id) where status in ('OPEN', 'SETTLED', 'LOST');
  create index ticket_by_entry on tickets.ticket (location_id, entered_at);
  create index ticket_of_vehicle on tickets.ticket (vehicle_id, id);
`;

// The one place that tells of a ticket: no change without its event, whoever makes it.
const EVENTS = `
  create function tickets.json_instant(instant timestamptz) returns text language sql immutable
    return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

  create function tickets.tell_change() returns trigger language plpgsql as $$
  declare
    plate text := (select v.plate from tickets.vehicle v where v.id = new.vehicle_id);
    ticket jsonb := jsonb_build_object('ticketId', new.id, 'code', new.code, 'locationId', new.location_id,
      'plate', plate, 'status', new.status);
  begin
    case new.status
      when 'OPEN' then
        perform events.append('ticket.entered', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('vehicleKind', new.vehicle_kind, 'spaceId', new.space_id,
            'enteredAt', tickets.json_instant(new.entered_at)));
      when 'SETTLED' then
        perform events.append('ticket.settled', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('settledAt', tickets.json_instant(new.settled_at)));
      when 'CLOSED' then
        perform events.append('ticket.closed', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('exitedAt', tickets.json_instant(new.exited_at)));
      when 'VOID' then
        perform events.append('ticket.voided', 'Ticket', new.id, new.location_id, new.changed_at,
          ticket || jsonb_build_object('reason', new.void_reason));
      when 'LOST' then
        perform events.append('ticket.lost', 'Ticket', new.id, new.location_id, new.changed_at, ticket);
    end case;
    return null;
  end $$;
  create trigger tell_entry after insert on tickets.ticket for each row execute function tickets.tell_change();
  create trigger tell_change after update of status on tickets.ticket for each row
    when (old.status <> new.status) execute function tickets.tell_change();
`;

const GRANTS = `
  grant usage on schema tickets to plaza_tickets;
  grant select, insert, update on tickets.customer, tickets.vehicle, tickets.ticket to plaza_tickets;
  revoke all on all functions in schema tickets from public;
  grant execute on function tickets.json_instant to plaza_tickets;
`;

/** Customers, their vehicles and the tickets of their stays. */
export class Migration20261122090000_stays extends Migration {
  override up(): void {
    const policies = [
      shutByTenant('tickets.customer'),
      shutByTenant('tickets.vehicle'),
      shutByTenant('tickets.ticket', 'location_id'),
    ];
    for (const step of [CUSTOMER_AND_VEHICLE, TICKET, EVENTS, ...policies, GRANTS]) this.addSql(step);
    this.addSql(idempotencyTable('tickets'));
  }
}
