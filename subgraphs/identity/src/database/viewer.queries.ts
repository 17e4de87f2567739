import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Role, Viewer } from '@plaza/platform/viewer';
import { Organization, type OrganizationRow } from './organization.entity.js';
import { User, type UserRow } from './user.entity.js';

/** An organization that a user may switch to. */
export interface ChoiceRow {
  id: string;
  name: string;
  roles: Role[];
  isCurrent: boolean;
}

/** A session as its user sees it. */
export interface LiveSessionRow {
  id: string;
  deviceName: string | null;
  organizationName: string;
  isCurrent: boolean;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

export const readUser = (database: Database, viewer: Viewer): Promise<UserRow | undefined> =>
  database.read(viewer, (tx) =>
    tx.row(sql`select ${sql.columns(User)} from identity.user where id = ${viewer.id}`),
  );

export const readOrganization = (database: Database, viewer: Viewer): Promise<OrganizationRow> =>
  database.read(viewer, (tx) =>
    tx.one(sql`select ${sql.columns(Organization)} from identity.organization where id = ${viewer.tenantId}`),
  );

export const readChoices = (database: Database, viewer: Viewer): Promise<ChoiceRow[]> =>
  database.read(viewer, (tx) =>
    tx.rows(sql`select o.id, o.name, m.roles, o.id = ${viewer.tenantId} as "isCurrent"
      from identity.membership m join identity.organization o on o.id = m.tenant_id
      where m.user_id = ${viewer.id} order by o.name, o.id`),
  );

const liveSessions = (viewer: Viewer, now: Date) =>
  sql`select s.id, s.device_name as "deviceName", o.name as "organizationName",
      s.id is not distinct from ${viewer.sessionId}::uuid as "isCurrent", s.created_at as "createdAt",
      s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt"
    from identity.session s join identity.organization o on o.id = s.tenant_id
    where s.revoked_at is null and s.expires_at > ${now}`;

const newestFirst = sql`order by s.last_used_at desc, s.id desc limit 100`;

/** The viewer's own sessions, in all organizations. */
export const readLiveSessions = (database: Database, viewer: Viewer, now: Date): Promise<LiveSessionRow[]> =>
  database.read(viewer, (tx) =>
    tx.rows(sql`${liveSessions(viewer, now)} and s.user_id = ${viewer.id} ${newestFirst}`),
  );

/** Sessions of members in the viewer's organization, each with its `memberId`. */
export const findMemberSessions = (
  tx: Transaction,
  viewer: Viewer,
  memberIds: readonly string[],
  now: Date,
): Promise<(LiveSessionRow & { memberId: string })[]> =>
  tx.rows(sql`select m.id as "memberId", s.* from identity.membership m cross join lateral (
      ${liveSessions(viewer, now)} and s.tenant_id = m.tenant_id and s.user_id = m.user_id ${newestFirst}) s
    where m.tenant_id = ${viewer.tenantId} and m.id = any (${memberIds})`);
