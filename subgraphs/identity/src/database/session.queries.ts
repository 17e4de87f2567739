import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import type { Role } from '@plaza/platform/viewer';
import { sessionEnd } from '../domain/session.js';
import { type Revocation, Session, type SessionRow } from './session.entity.js';

/** A session to be opened. */
export interface NewSession {
  id: string;
  tenantId: string;
  userId: string;
  deviceName: string | null;
}

/** Opens a session; the membership it stands on must exist. */
export const openSession = (tx: Transaction, session: NewSession, now: Date): Promise<SessionRow> =>
  tx.one(sql`insert into identity.session (id, tenant_id, user_id, device_name, created_at, last_used_at, expires_at)
    values (${session.id}, ${session.tenantId}, ${session.userId}, ${session.deviceName}, ${now}, ${now},
      ${sessionEnd(now)})
    returning ${sql.columns(Session)}`);

/** A session with its user's present roles, locked until this transaction is over. */
export const lockSession = (
  tx: Transaction,
  sessionId: string,
): Promise<(SessionRow & { roles: Role[] }) | undefined> =>
  tx.row(sql`select ${sql.columns(Session, 's')}, m.roles from identity.session s
    join identity.membership m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
    where s.id = ${sessionId} for update of s`);

/** Makes the token after the present one the only good one, and the session last for its full time again. */
export const advanceSession = (tx: Transaction, sessionId: string, now: Date): Promise<SessionRow> =>
  tx.one(sql`update identity.session
    set generation = generation + 1, last_used_at = ${now}, expires_at = ${sessionEnd(now)}
    where id = ${sessionId} returning ${sql.columns(Session)}`);

/** Ends a session for good; one that was ended before keeps its first reason. */
export const endSession = (
  tx: Transaction,
  sessionId: string,
  because: Revocation,
  now: Date,
): Promise<number> =>
  tx.run(sql`update identity.session set revoked_at = ${now}, revoked_because = ${because}
    where id = ${sessionId} and revoked_at is null`);
