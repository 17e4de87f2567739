import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import type { Role } from '@plaza/platform/viewer';
import type { MembershipRow } from './membership.entity.js';

/** A membership together with whose it is. */
export interface MemberRow {
  id: string;
  roles: Role[];
  joinedAt: Date;
  user: { id: string; name: string; email: string };
}

/** The columns of a MemberRow, of membership m and user u. */
export const memberColumns = sql`m.id, m.roles, m.joined_at as "joinedAt",
  jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email) as "user"`;

export const addMembership = (tx: Transaction, membership: MembershipRow): Promise<number> =>
  tx.run(sql`insert into identity.membership (id, tenant_id, user_id, roles, joined_at)
    values (${membership.id}, ${membership.tenantId}, ${membership.userId}, ${membership.roles}, ${membership.joinedAt})
    on conflict on constraint membership_tenant_id_user_id_key do nothing`);

/** The user's place in an organization. */
export const findMembership = (
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<{ roles: Role[] } | undefined> =>
  tx.row(sql`select roles from identity.membership where tenant_id = ${tenantId} and user_id = ${userId}`);

/** Where a user who signs in arrives: the named organization, else the one they used last, else their first. */
export const chooseMembership = (
  tx: Transaction,
  userId: string,
  organizationId: string | null,
): Promise<{ tenantId: string; roles: Role[] } | undefined> =>
  tx.row(sql`select m.tenant_id as "tenantId", m.roles from identity.membership m
    where m.user_id = ${userId} and (${organizationId}::uuid is null or m.tenant_id = ${organizationId}::uuid)
    order by (select max(s.last_used_at) from identity.session s
      where s.tenant_id = m.tenant_id and s.user_id = m.user_id) desc nulls last, m.joined_at
    limit 1`);

/** Changes to an organization's members wait for each other; what is read after this statement stays true. */
export const lockMembers = (tx: Transaction, tenantId: string): Promise<number> =>
  tx.run(sql`select from identity.organization where id = ${tenantId} for no key update`);

export const findMember = (
  tx: Transaction,
  tenantId: string,
  memberId: string,
): Promise<MemberRow | undefined> =>
  tx.row(sql`select ${memberColumns} from identity.membership m join identity.user u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.id = ${memberId}`);

export const findMemberByEmail = (
  tx: Transaction,
  tenantId: string,
  email: string,
): Promise<MemberRow | undefined> =>
  tx.row(sql`select ${memberColumns} from identity.membership m join identity.user u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and u.email = ${email}`);

/** Violates membership_keeps_an_owner when nobody would be left to own the organization. */
export const setRoles = (tx: Transaction, memberId: string, roles: Role[]): Promise<number> =>
  tx.run(sql`update identity.membership set roles = ${roles} where id = ${memberId}`);

/** A page of an organization's members, by their ids. */
export const findMembers = (tx: Transaction, tenantId: string, page: Page): Promise<MemberRow[]> =>
  tx.rows(sql`select ${memberColumns} from identity.membership m join identity.user u on u.id = m.user_id
    where m.tenant_id = ${tenantId} ${keyset(page, 'm.id')}`);

export const countMembers = async (tx: Transaction, tenantId: string): Promise<number> =>
  (
    await tx.one<{ count: number }>(
      sql`select count(*) from identity.membership where tenant_id = ${tenantId}`,
    )
  ).count;
