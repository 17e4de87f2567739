/**
 * Forced row-level security for a table whose rows belong to a tenant and a location. The settings are read in
 * sub-selects, so that they are read once for a statement and not once for a row.
 */
export function rowSecurity(table: string): string {
  const allowed = `tenant_id = (select plaza.tenant_id()) and ((select plaza.location_ids()) is null
    or location_id = any ((select plaza.location_ids())::uuid[]))`;
  return `
    alter table payments.${table} enable row level security;
    alter table payments.${table} force row level security;
    create policy of_tenant on payments.${table} using (${allowed}) with check (${allowed});
  `;
}
