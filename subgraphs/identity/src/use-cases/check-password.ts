import type { Transaction } from '@plaza/platform/database/transaction';
import { verifyPassword } from '../credentials/password-hash.js';
import {
  clearFailures,
  countFailure,
  findAttempts,
  forgetOldAttempts,
  lockAttempts,
} from '../database/sign-in-attempt.queries.js';
import { findCredentials, signInScope } from '../database/user.queries.js';
import { secondsToWait, secondsToWaitAfter } from '../domain/sign-in-attempts.js';
import type { IdentityContext } from './identity-context.js';
import {
  invalidCredentials,
  type InvalidCredentials,
  tooManyAttempts,
  type TooManyAttempts,
} from './problems.js';

export interface PasswordRight {
  __typename: 'PasswordRight';
  userId: string;
}

/**
 * Verifies a password without holding a lock or a connection while it is hashed. A failure is counted before it is
 * answered, so guesses that run at once get no more answers than guesses one after the other. Known and unknown addresses
 * take the same way. Whoever gets PasswordRight calls `settleAttempts` in the transaction that makes use of it.
 */
export async function checkPassword(
  on: IdentityContext,
  email: string,
  password: string,
): Promise<PasswordRight | InvalidCredentials | TooManyAttempts> {
  const [attempts, credentials] = await on.database.read(signInScope(email), (tx) =>
    Promise.all([findAttempts(tx, email, on.clock.now()), findCredentials(tx, email)]),
  );
  const wait = secondsToWait(attempts, on.clock.now());
  if (wait > 0) return tooManyAttempts(wait);

  const right = await verifyPassword(credentials?.hash, password);
  if (right && credentials) return { __typename: 'PasswordRight', userId: credentials.userId };
  return on.database.write(signInScope(email), async (tx) => {
    const now = on.clock.now();
    const [counted] = await Promise.all([countFailure(tx, email, now), forgetOldAttempts(tx, now)]);
    const late = secondsToWaitAfter(counted, now);
    return late > 0 ? tooManyAttempts(late) : invalidCredentials();
  });
}

/** A right password clears the count, unless the fifth failure came while it was being verified: then it comes too late. */
export async function settleAttempts(
  tx: Transaction,
  email: string,
  now: Date,
): Promise<TooManyAttempts | undefined> {
  const wait = secondsToWait(await lockAttempts(tx, email, now), now);
  if (wait > 0) return tooManyAttempts(wait);
  await clearFailures(tx, email);
  return undefined;
}
