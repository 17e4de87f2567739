import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { Organization, type OrganizationRow } from './organization.entity.js';

export const addOrganization = (tx: Transaction, organization: OrganizationRow): Promise<number> =>
  tx.run(sql`insert into identity.organization (id, name, created_at)
    values (${organization.id}, ${organization.name}, ${organization.createdAt})`);

export const findOrganization = (tx: Transaction, id: string): Promise<OrganizationRow | undefined> =>
  tx.row(sql`select ${sql.columns(Organization)} from identity.organization where id = ${id}`);
