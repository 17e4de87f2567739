import { conflict } from '@plaza/platform/errors';
import { requireViewer } from '@plaza/platform/viewer';
import { endSession } from '../database/session.queries.js';
import type { IdentityContext } from './identity-context.js';

export interface SignedOutOutcome {
  signedOutAt: Date;
}

/** Ends the session that the caller's access token belongs to. */
export async function signOut(on: IdentityContext): Promise<SignedOutOutcome> {
  const viewer = requireViewer(on.viewer);
  const { sessionId } = viewer;
  if (!sessionId) throw conflict('Only a user has a session to sign out of; an API key is revoked instead.');
  const now = on.clock.now();
  await on.database.write(viewer, (tx) => endSession(tx, sessionId, 'SIGNED_OUT', now));
  return { signedOutAt: now };
}
