import { isUniqueViolation } from '@plaza/platform/database/postgres-errors';
import { newId } from '@plaza/platform/ids';
import type { Role } from '@plaza/platform/viewer';
import { hashPassword } from '../credentials/password-hash.js';
import { handOver, type OpenedSession } from '../credentials/tokens.js';
import { addMembership } from '../database/membership.queries.js';
import { addOrganization } from '../database/organization.queries.js';
import { openSession } from '../database/session.queries.js';
import { addUser } from '../database/user.queries.js';
import { passwordWeakness } from '../domain/password-strength.js';
import type { IdentityContext } from './identity-context.js';
import { requireEmail, requireName, requirePassword } from './input.js';
import { type WeakPassword, weakPassword } from './problems.js';

export interface RegisterOrganizationInput {
  organizationName: string;
  name: string;
  email: string;
  password: string;
}

export type RegisterOrganizationOutcome =
  | ({ __typename: 'OrganizationRegistered' } & OpenedSession)
  | { __typename: 'EmailTaken'; message: string }
  | WeakPassword;

const FOUNDER: Role[] = ['OWNER'];

/** Founds an organization with its first user, who owns it and is signed in at once. */
export async function registerOrganization(
  on: IdentityContext,
  input: RegisterOrganizationInput,
): Promise<RegisterOrganizationOutcome> {
  const organizationName = requireName('organizationName', input.organizationName);
  const name = requireName('name', input.name);
  const email = requireEmail('email', input.email);
  const password = requirePassword('password', input.password);
  const weakness = passwordWeakness(password, [email, name, organizationName]);
  if (weakness) return weakPassword(weakness);

  const passwordHash = await hashPassword(password);
  const now = on.clock.now();
  const [tenantId, userId] = [newId(), newId()];
  try {
    const session = await on.database.write({ tenantId, userId }, async (tx) => {
      const [, , , opened] = await Promise.all([
        addOrganization(tx, { id: tenantId, name: organizationName, createdAt: now }),
        addUser(tx, { id: userId, email, name, createdAt: now }, passwordHash),
        addMembership(tx, { id: newId(), tenantId, userId, roles: FOUNDER, joinedAt: now }),
        openSession(tx, { id: newId(), tenantId, userId, deviceName: null }, now),
      ]);
      return opened;
    });
    return { __typename: 'OrganizationRegistered', ...(await handOver(on, session, FOUNDER)) };
  } catch (error) {
    if (!isUniqueViolation(error, 'user_email_key')) throw error;
    return {
      __typename: 'EmailTaken',
      message: 'Somebody has registered with this e-mail address: sign in instead.',
    };
  }
}
