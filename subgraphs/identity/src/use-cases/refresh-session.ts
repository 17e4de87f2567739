import { issueTokens, type Tokens } from '../credentials/tokens.js';
import { advanceSession, endSession, lockSession } from '../database/session.queries.js';
import { readRefreshToken } from '../domain/refresh-token.js';
import { judgeRefresh } from '../domain/session.js';
import type { IdentityContext } from './identity-context.js';

export interface RefreshSessionInput {
  refreshToken: string;
}

export type RefreshSessionOutcome =
  { __typename: 'SessionRefreshed'; tokens: Tokens } | { __typename: 'SessionRevoked'; message: string };

/** Exchanges a refresh token for the next pair. One that was used before ends the session: somebody else holds it too. */
export async function refreshSession(
  on: IdentityContext,
  input: RefreshSessionInput,
): Promise<RefreshSessionOutcome> {
  const grant = readRefreshToken(on.refreshKey, input.refreshToken);
  if (!grant) return revoked();
  const { tenantId, userId, sessionId, generation } = grant;

  const advanced = await on.database.write({ tenantId, userId }, async (tx) => {
    const session = await lockSession(tx, sessionId);
    const now = on.clock.now();
    const worth = session ? judgeRefresh(session, generation, now) : 'ENDED';
    if (worth === 'REUSED') await endSession(tx, sessionId, 'TOKEN_REUSED', now);
    if (!session || worth !== 'GOOD') return undefined;
    return { session: await advanceSession(tx, sessionId, now), roles: session.roles };
  });
  if (!advanced) return revoked();
  return { __typename: 'SessionRefreshed', tokens: await issueTokens(on, advanced.session, advanced.roles) };
}

const revoked = (): RefreshSessionOutcome => ({
  __typename: 'SessionRevoked',
  message: 'This session has ended: sign in again.',
});
