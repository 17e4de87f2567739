import { newId } from '@plaza/platform/ids';
import type { Role } from '@plaza/platform/viewer';
import { takeInvitation } from '../database/invitation.queries.js';
import { addMembership, findMembership } from '../database/membership.queries.js';
import type { SessionRow } from '../database/session.entity.js';
import { openSession } from '../database/session.queries.js';
import { addUser, signInScope } from '../database/user.queries.js';
import { settleAttempts } from './check-password.js';
import type { IdentityContext } from './identity-context.js';
import type { TooManyAttempts } from './problems.js';

/** Who joins: a user whose password was verified, or a newcomer to be added. */
export interface Joining {
  tenantId: string;
  tokenHash: Buffer;
  email: string;
  userId: string;
  newcomer?: { name: string; passwordHash: string };
}

/**
 * The transaction of acceptInvitation: takes the invitation, adds the newcomer, the membership and a session. Undefined
 * when somebody else took the invitation. Who is a member already keeps the roles they have.
 */
export async function joinOrganization(
  on: IdentityContext,
  { tenantId, tokenHash, email, userId, newcomer }: Joining,
): Promise<{ session: SessionRow; roles: Role[] } | TooManyAttempts | undefined> {
  const now = on.clock.now();
  return on.database.write({ ...signInScope(email, userId), tenantId }, async (tx) => {
    const tooMany = newcomer ? undefined : await settleAttempts(tx, email, now);
    if (tooMany) return tooMany;
    const invitation = await takeInvitation(tx, tokenHash, now);
    if (!invitation) return undefined;

    const { roles } = invitation;
    if (newcomer)
      await addUser(tx, { id: userId, email, name: newcomer.name, createdAt: now }, newcomer.passwordHash);
    const [, membership, session] = await Promise.all([
      addMembership(tx, { id: newId(), tenantId, userId, roles, joinedAt: now }),
      findMembership(tx, tenantId, userId),
      openSession(tx, { id: newId(), tenantId, userId, deviceName: null }, now),
    ]);
    return { session, roles: membership?.roles ?? roles };
  });
}
