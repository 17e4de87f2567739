import { conflict, notFound, unauthenticated } from '@plaza/platform/errors';
import { isId, newId } from '@plaza/platform/ids';
import { requireViewer } from '@plaza/platform/viewer';
import { handOver, type OpenedSession } from '../credentials/tokens.js';
import { findMembership } from '../database/membership.queries.js';
import { endSession, lockSession, openSession } from '../database/session.queries.js';
import type { IdentityContext } from './identity-context.js';

export interface SwitchOrganizationInput {
  organizationId: string;
}

export type SwitchOrganizationOutcome = { __typename: 'OrganizationSwitched' } & OpenedSession;

/** Ends the caller's session and opens one in another organization of theirs: a session never changes its tenant. */
export async function switchOrganization(
  on: IdentityContext,
  input: SwitchOrganizationInput,
): Promise<SwitchOrganizationOutcome> {
  const viewer = requireViewer(on.viewer);
  const { id: userId, sessionId } = viewer;
  const tenantId = input.organizationId;
  if (viewer.kind !== 'user' || !sessionId)
    throw conflict('An API key belongs to one organization for good.');
  if (!isId(tenantId)) throw notFound('The organization');
  const opened = await on.database.write(viewer, async (tx) => {
    const now = on.clock.now();
    const [session, membership] = await Promise.all([
      lockSession(tx, sessionId),
      findMembership(tx, tenantId, userId),
    ]);
    if (!session || session.revokedAt) throw unauthenticated('This session has ended: sign in again.');
    if (!membership) throw notFound('The organization');
    const [, next] = await Promise.all([
      endSession(tx, sessionId, 'SWITCHED', now),
      openSession(tx, { id: newId(), tenantId, userId, deviceName: session.deviceName }, now),
    ]);
    return { session: next, roles: membership.roles };
  });
  return { __typename: 'OrganizationSwitched', ...(await handOver(on, opened.session, opened.roles)) };
}
