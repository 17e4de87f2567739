import { isCheckViolation } from '@plaza/platform/database/postgres-errors';
import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope, type Role } from '@plaza/platform/viewer';
import { findMember, lockMembers, type MemberRow, setRoles } from '../database/membership.queries.js';
import type { IdentityContext } from './identity-context.js';
import { requireRoles } from './input.js';
import { presentScopes, requireAuthority } from './member-authority.js';

export interface ChangeMemberRolesInput {
  memberId: string;
  roles: Role[];
}

export type ChangeMemberRolesOutcome =
  { __typename: 'MemberRolesChanged'; member: MemberRow } | { __typename: 'LastOwner'; message: string };

/** Gives a member other roles; the last owner stays one. */
export async function changeMemberRoles(
  on: IdentityContext,
  input: ChangeMemberRolesInput,
): Promise<ChangeMemberRolesOutcome> {
  const viewer = requireScope(on.viewer, 'members:write');
  const roles = requireRoles('roles', input.roles);
  const { memberId } = input;
  if (!isId(memberId)) throw notFound('The member');
  try {
    return await on.database.write(viewer, async (tx) => {
      const [, scopes, member] = await Promise.all([
        lockMembers(tx, viewer.tenantId),
        presentScopes(tx, viewer),
        findMember(tx, viewer.tenantId, memberId),
      ]);
      if (!member) throw notFound('The member');
      requireAuthority(viewer, scopes, [...member.roles, ...roles]);
      await setRoles(tx, memberId, roles);
      return { __typename: 'MemberRolesChanged', member: { ...member, roles } };
    });
  } catch (error) {
    if (!isCheckViolation(error, 'membership_keeps_an_owner')) throw error;
    return {
      __typename: 'LastOwner',
      message: 'An organization keeps at least one owner: name another one first.',
    };
  }
}
