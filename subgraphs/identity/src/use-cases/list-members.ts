import { notFound } from '@plaza/platform/errors';
import { type Connection, type Page, toConnection } from '@plaza/platform/graphql/connection';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import type { InvitationRow } from '../database/invitation.entity.js';
import { countPendingInvitations, findPendingInvitations } from '../database/invitation.queries.js';
import { countMembers, findMembers, type MemberRow } from '../database/membership.queries.js';
import { findMemberSessions, type LiveSessionRow } from '../database/viewer.queries.js';
import type { IdentityContext } from './identity-context.js';

/** The members of the viewer's organization, in the order in which they joined. */
export async function listMembers(
  on: IdentityContext,
  organizationId: string,
  page: Page,
): Promise<Connection<MemberRow>> {
  const viewer = requireOwnOrganization(on, organizationId);
  const rows = await on.database.read(viewer, (tx) => findMembers(tx, viewer.tenantId, page));
  return toConnection(rows, page, () => on.database.read(viewer, (tx) => countMembers(tx, viewer.tenantId)));
}

/** The invitations that can still be accepted, in the order in which they were first made. */
export async function listInvitations(
  on: IdentityContext,
  organizationId: string,
  page: Page,
): Promise<Connection<InvitationRow>> {
  const viewer = requireOwnOrganization(on, organizationId);
  const now = on.clock.now();
  const rows = await on.database.read(viewer, (tx) => findPendingInvitations(tx, viewer.tenantId, now, page));
  return toConnection(rows, page, () =>
    on.database.read(viewer, (tx) => countPendingInvitations(tx, viewer.tenantId, now)),
  );
}

/** The living sessions of each of the members, by the member's id. */
export async function sessionsOfMembers(
  on: IdentityContext,
  memberIds: readonly string[],
): Promise<Map<string, LiveSessionRow[]>> {
  const viewer = requireScope(on.viewer, 'members:read');
  const rows = await on.database.read(viewer, (tx) =>
    findMemberSessions(tx, viewer, memberIds, on.clock.now()),
  );
  return Map.groupBy(rows, ({ memberId }) => memberId);
}

// after signIn or switchOrganization the answer's organization is another one than the request's
function requireOwnOrganization(on: IdentityContext, organizationId: string): Viewer {
  const viewer = requireScope(on.viewer, 'members:read');
  if (organizationId !== viewer.tenantId) throw notFound('The organization');
  return viewer;
}
