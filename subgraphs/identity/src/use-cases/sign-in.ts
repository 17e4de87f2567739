import { badUserInput } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { handOver, type OpenedSession } from '../credentials/tokens.js';
import { chooseMembership } from '../database/membership.queries.js';
import { openSession } from '../database/session.queries.js';
import { signInScope } from '../database/user.queries.js';
import { checkPassword, settleAttempts } from './check-password.js';
import type { IdentityContext } from './identity-context.js';
import { requireEmail, requireName, requirePassword } from './input.js';
import { invalidCredentials, type InvalidCredentials, type TooManyAttempts } from './problems.js';

export interface SignInInput {
  email: string;
  password: string;
  organizationId?: string | null;
  deviceName?: string | null;
}

export type SignInOutcome =
  ({ __typename: 'SignedIn' } & OpenedSession) | InvalidCredentials | TooManyAttempts;

/** Opens a session in the named organization, or in the one that the user worked in last. */
export async function signIn(on: IdentityContext, input: SignInInput): Promise<SignInOutcome> {
  const email = requireEmail('email', input.email);
  const password = requirePassword('password', input.password);
  const deviceName = input.deviceName ? requireName('deviceName', input.deviceName) : null;
  const organizationId = input.organizationId ?? null;
  if (organizationId && !isId(organizationId)) throw notOneOfYours();

  const check = await checkPassword(on, email, password);
  if (check.__typename !== 'PasswordRight') return check;
  const { userId } = check;

  const opened = await on.database.write(signInScope(email, userId), async (tx) => {
    const now = on.clock.now();
    const [tooMany, membership] = await Promise.all([
      settleAttempts(tx, email, now),
      chooseMembership(tx, userId, organizationId),
    ]);
    if (tooMany) return tooMany;
    if (!membership && organizationId) throw notOneOfYours();
    // nobody's member any more: there is nothing to sign in to, and nobody else's business
    if (!membership) return invalidCredentials();
    const session = await openSession(
      tx,
      { id: newId(), tenantId: membership.tenantId, userId, deviceName },
      now,
    );
    return { session, roles: membership.roles };
  });
  if ('__typename' in opened) return opened;
  return { __typename: 'SignedIn', ...(await handOver(on, opened.session, opened.roles)) };
}

const notOneOfYours = () => badUserInput('organizationId', 'You are not a member of this organization.');
