/**
 * The SQL that shuts a tenant's table to everybody else, its owner included: only rows of the transaction's tenant and,
 * where `locationColumn` is given, of the locations that the viewer may see. The settings are read in sub-selects, so that
 * they are read once for a statement and not once for a row.
 */
export function shutByTenant(table: string, locationColumn?: string): string {
  const ofTenant = 'tenant_id = (select plaza.tenant_id())';
  const allowed = locationColumn
    ? `${ofTenant} and ((select plaza.location_ids()) is null
        or ${locationColumn} = any ((select plaza.location_ids())::uuid[]))`
    : ofTenant;
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy of_tenant on ${table} using (${allowed}) with check (${allowed});
  `;
}
