import { notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireViewer } from '@plaza/platform/viewer';
import { endSession, lockSession } from '../database/session.queries.js';
import type { IdentityContext } from './identity-context.js';
import { presentScopes } from './member-authority.js';

export interface RevokeSessionInput {
  sessionId: string;
}

export interface RevokeSessionOutcome {
  __typename: 'SessionEnded';
  sessionId: string;
}

/** Ends one of the caller's own sessions, wherever it was opened; who manages members ends any session of the organization. */
export async function revokeSession(
  on: IdentityContext,
  input: RevokeSessionInput,
): Promise<RevokeSessionOutcome> {
  const viewer = requireViewer(on.viewer);
  const { sessionId } = input;
  if (!isId(sessionId)) throw notFound('The session');
  await on.database.write(viewer, async (tx) => {
    const [session, scopes] = await Promise.all([lockSession(tx, sessionId), presentScopes(tx, viewer)]);
    const isOwn = viewer.kind === 'user' && session?.userId === viewer.id;
    if (!session || !(isOwn || scopes.includes('members:write'))) throw notFound('The session');
    await endSession(tx, sessionId, 'REVOKED', on.clock.now());
  });
  return { __typename: 'SessionEnded', sessionId };
}
