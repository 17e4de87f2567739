import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '@plaza/platform/database/idempotency';
import { shutByTenant } from '@plaza/platform/database/row-security';

const LOCATION = `
  create table spaces.location (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    name text not null check (char_length(name) between 1 and 200),
    time_zone text not null check (char_length(time_zone) between 1 and 64),
    currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
    street text check (char_length(street) <= 200),
    postal_code text check (char_length(postal_code) <= 20),
    city text check (char_length(city) <= 100),
    country_code text check (country_code ~ '^[A-Z]{2}$'),
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    created_at timestamptz not null default now(),
    constraint location_coordinates_are_a_pair check ((latitude is null) = (longitude is null))
  );
  create index location_of_tenant on spaces.location (tenant_id, id);
  create index location_by_latitude on spaces.location (tenant_id, latitude) where latitude is not null;
`;

const ZONE = `
  create table spaces.zone (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null references spaces.location,
    name text not null check (char_length(name) between 1 and 100),
    constraint zone_name_is_taken unique (location_id, name),
    unique (location_id, id)
  );
`;

const SPACE = `
  create table spaces.space (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null references spaces.location,
    zone_id uuid,
    number text not null check (char_length(number) between 1 and 40),
    kind text not null check (kind in ('CAR', 'MOTORCYCLE', 'TRUCK', 'ACCESSIBLE', 'EV', 'DESK', 'ROOM', 'TABLE')),
    features text[] not null default '{}' check (cardinality(features) <= 20),
    created_at timestamptz not null default now(),
    constraint space_number_is_taken unique (location_id, number),
    foreign key (location_id, zone_id) references spaces.zone (location_id, id)
  );
  -- counts and lists a location's spaces without reading the table, whose rows seldom change
  create index space_of_location on spaces.space (location_id, id) include (tenant_id);
`;

const GRANTS = `
  grant usage on schema spaces to plaza_spaces;
  grant select, insert, update on spaces.location, spaces.zone, spaces.space to plaza_spaces;
`;

/** Locations, their zones and their spaces: what there is, not who is in it. */
export class Migration20261122090000_inventory extends Migration {
  override up(): void {
    const policies = [
      shutByTenant('spaces.location', 'id'),
      shutByTenant('spaces.zone', 'location_id'),
      shutByTenant('spaces.space', 'location_id'),
    ];
    for (const step of [LOCATION, ZONE, SPACE, ...policies, GRANTS, idempotencyTable('spaces')]) {
      this.addSql(step);
    }
  }
}
