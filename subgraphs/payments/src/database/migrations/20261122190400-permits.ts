import { Migration } from '@mikro-orm/migrations';
import { shutByTenant } from '@plaza/platform/database/row-security';

// A permit covers the stays that begin while it is valid, and none that began before it was granted or ends after it was
// revoked: so what a stay costs is settled by what was true at its entry.
const TABLES = `
  create table payments.permit (
    id uuid primary key default uuidv7(),
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    plate text not null check (char_length(plate) between 1 and 16),
    windows jsonb not null check (jsonb_typeof(windows) = 'array'),
    valid_from timestamptz not null,
    valid_to timestamptz,
    granted_at timestamptz not null,
    unique (id, location_id),
    constraint permit_ends_after_it_begins check (valid_to > valid_from),
    constraint permit_is_not_for_the_past check (valid_from >= granted_at)
  );
  create index permit_of_plate on payments.permit (location_id, plate, valid_from);
  create index permit_of_location on payments.permit (location_id, id);

  create table payments.permit_revocation (
    permit_id uuid primary key,
    tenant_id uuid not null default plaza.tenant_id(),
    location_id uuid not null,
    revoked_at timestamptz not null,
    foreign key (permit_id, location_id) references payments.permit (id, location_id)
  );
`;

const keepForEver = (table: string) => `
  create trigger never_changed before update or delete on payments.${table}
    for each row execute function payments.refuse_change();
  create trigger never_truncated before truncate on payments.${table} execute function payments.refuse_change();
  grant select, insert on payments.${table} to plaza_payments;
`;

/** Permits: hours in which a vehicle's stays cost nothing. */
export class Migration20261122190400_permits extends Migration {
  override up(): void {
    this.addSql(TABLES);
    for (const table of ['permit', 'permit_revocation']) {
      this.addSql(shutByTenant(`payments.${table}`, 'location_id'));
      this.addSql(keepForEver(table));
    }
  }
}
