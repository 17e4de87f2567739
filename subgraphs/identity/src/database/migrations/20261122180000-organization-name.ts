import { Migration } from '@mikro-orm/migrations';

// The function runs as the owner of the schema: only through it does a tenant see its own name without being a member.
const NAME = `
  create policy named on identity.organization for select to plaza_identity_owner
    using (id = (select plaza.tenant_id()));
  create function identity.organization_name() returns text
    language sql stable security definer set search_path = identity, pg_temp
    begin atomic
      select o.name from identity.organization o where o.id = (select plaza.tenant_id());
    end;
  revoke all on function identity.organization_name from public;
  grant usage on schema identity to plaza_payments;
  grant execute on function identity.organization_name to plaza_payments;
`;

/** The name of the transaction's organization, for the receipts that payments issues. */
export class Migration20261122180000_organization_name extends Migration {
  override up(): void {
    this.addSql(NAME);
  }
}
