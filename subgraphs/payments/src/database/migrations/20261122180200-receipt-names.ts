import { Migration } from '@mikro-orm/migrations';

const NAMES = `
  alter table payments.receipt
    -- as they were when it was issued; null: before names were kept
    add column organization_name text,
    add column location_name text;

  create or replace function payments.issue_receipt() returns trigger language plpgsql as $$
  declare
    place record;
    next_number integer;
  begin
    select extract(year from new.occurred_at at time zone l.time_zone)::integer as year, l.name into strict place
      from spaces.read_locations(array[new.location_id]) l;
    insert into payments.receipt_counter as counter (location_id, year, last_number)
      values (new.location_id, place.year, 1)
      on conflict (tenant_id, location_id, year) do update set last_number = counter.last_number + 1
      returning last_number into next_number;
    insert into payments.receipt (location_id, year, number, ticket_id, payment_id, issued_at, organization_name,
        location_name)
      select new.location_id, place.year, next_number, p.ticket_id, p.id, new.occurred_at, identity.organization_name(),
        place.name
      from payments.payment p where p.id = new.payment_id;
    return null;
  end $$;
`;

/** Receipts keep the names of the organization and the location. */
export class Migration20261122180200_receipt_names extends Migration {
  override up(): void {
    this.addSql(NAMES);
  }
}
