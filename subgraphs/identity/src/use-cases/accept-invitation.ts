import { isUniqueViolation } from '@plaza/platform/database/postgres-errors';
import { badUserInput } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { hashPassword } from '../credentials/password-hash.js';
import { handOver, type OpenedSession } from '../credentials/tokens.js';
import { findOpenInvitation, invitationScope } from '../database/invitation.queries.js';
import { findCredentials, signInScope } from '../database/user.queries.js';
import { hashInvitationToken } from '../domain/invitation.js';
import { passwordWeakness } from '../domain/password-strength.js';
import { checkPassword } from './check-password.js';
import type { IdentityContext } from './identity-context.js';
import { requireName, requirePassword } from './input.js';
import { joinOrganization } from './join-organization.js';
import {
  type InvalidCredentials,
  type TooManyAttempts,
  type WeakPassword,
  weakPassword,
} from './problems.js';

export interface AcceptInvitationInput {
  token: string;
  password: string;
  name?: string | null;
}

/** The token is unknown, was used, was replaced or has run out; which of them is not told. */
export interface InvitationNotValid {
  __typename: 'InvitationNotValid';
  message: string;
}

export type AcceptInvitationOutcome =
  | ({ __typename: 'InvitationAccepted' } & OpenedSession)
  | InvitationNotValid
  | WeakPassword
  | InvalidCredentials
  | TooManyAttempts;

/** Joins an organization: somebody new chooses a name and a password, a known user proves to be it by theirs. */
export async function acceptInvitation(
  on: IdentityContext,
  input: AcceptInvitationInput,
): Promise<AcceptInvitationOutcome> {
  const password = requirePassword('password', input.password);
  const tokenHash = hashInvitationToken(input.token);
  const invitation = await on.database.read(invitationScope(tokenHash), (tx) =>
    findOpenInvitation(tx, tokenHash, on.clock.now()),
  );
  if (!invitation) return notValid();
  const { email, tenantId } = invitation;

  const known = await on.database.read(signInScope(email), (tx) => findCredentials(tx, email));
  if (known) {
    const check = await checkPassword(on, email, password);
    if (check.__typename !== 'PasswordRight') return check;
    return admitted(on, await joinOrganization(on, { tenantId, tokenHash, email, userId: check.userId }));
  }

  if (!input.name) throw badUserInput('name', 'Somebody new tells a name.');
  const name = requireName('name', input.name);
  const weakness = passwordWeakness(password, [email, name]);
  if (weakness) return weakPassword(weakness);
  const newcomer = { name, passwordHash: await hashPassword(password) };
  try {
    return await admitted(
      on,
      await joinOrganization(on, { tenantId, tokenHash, email, userId: newId(), newcomer }),
    );
  } catch (error) {
    // registered elsewhere a moment ago: now a known user, who proves it
    if (isUniqueViolation(error, 'user_email_key')) return acceptInvitation(on, input);
    throw error;
  }
}

async function admitted(
  on: IdentityContext,
  joined: Awaited<ReturnType<typeof joinOrganization>>,
): Promise<AcceptInvitationOutcome> {
  if (!joined) return notValid();
  if ('__typename' in joined) return joined;
  return { __typename: 'InvitationAccepted', ...(await handOver(on, joined.session, joined.roles)) };
}

const notValid = (): InvitationNotValid => ({
  __typename: 'InvitationNotValid',
  message: 'This invitation cannot be accepted any more: ask for a new one.',
});
