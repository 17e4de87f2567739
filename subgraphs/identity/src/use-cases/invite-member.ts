import { newId } from '@plaza/platform/ids';
import { requireScope, type Role } from '@plaza/platform/viewer';
import type { InvitationRow } from '../database/invitation.entity.js';
import { putInvitation } from '../database/invitation.queries.js';
import { findMemberByEmail, lockMembers, type MemberRow } from '../database/membership.queries.js';
import { hashInvitationToken, invitationEnd, newInvitationToken } from '../domain/invitation.js';
import type { IdentityContext } from './identity-context.js';
import { requireEmail, requireRoles } from './input.js';
import { presentScopes, requireAuthority } from './member-authority.js';

export interface InviteMemberInput {
  email: string;
  roles: Role[];
}

export type InviteMemberOutcome =
  | { __typename: 'MemberInvited'; invitation: InvitationRow; token: string }
  | { __typename: 'AlreadyMember'; message: string; member: MemberRow };

/** Offers membership to the reader of an e-mail address. An earlier offer to it is replaced. The token is told here only. */
export async function inviteMember(
  on: IdentityContext,
  input: InviteMemberInput,
): Promise<InviteMemberOutcome> {
  const viewer = requireScope(on.viewer, 'members:write');
  const email = requireEmail('email', input.email);
  const roles = requireRoles('roles', input.roles);
  const { tenantId } = viewer;
  const token = newInvitationToken();

  return on.database.write(viewer, async (tx) => {
    const [, scopes, member] = await Promise.all([
      lockMembers(tx, tenantId),
      presentScopes(tx, viewer),
      findMemberByEmail(tx, tenantId, email),
    ]);
    requireAuthority(viewer, scopes, roles);
    if (member) {
      return {
        __typename: 'AlreadyMember',
        message: 'This person is a member: change the roles instead.',
        member,
      };
    }
    const now = on.clock.now();
    const invitation = await putInvitation(tx, {
      id: newId(),
      tenantId,
      email,
      roles,
      tokenHash: hashInvitationToken(token),
      invitedBy: viewer.kind === 'user' ? viewer.id : null,
      createdAt: now,
      expiresAt: invitationEnd(now),
      acceptedAt: null,
    });
    return { __typename: 'MemberInvited', invitation, token };
  });
}
