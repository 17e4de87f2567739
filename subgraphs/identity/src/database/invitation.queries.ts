import type { TenantScope } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import { Invitation, type InvitationRow } from './invitation.entity.js';

/** Sees the one invitation whose token the caller holds. */
export const invitationScope = (tokenHash: Buffer): TenantScope => ({
  tenantId: null,
  settings: { invitation_hash: tokenHash.toString('hex') },
});

/** The invitation of a token, if it can still be accepted. */
export const findOpenInvitation = (
  tx: Transaction,
  tokenHash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> =>
  tx.row(sql`select ${sql.columns(Invitation)} from identity.invitation
    where token_hash = ${tokenHash} and accepted_at is null and expires_at > ${now}`);

/** Takes the invitation for good: of several who accept it at once, one gets it. */
export const takeInvitation = (
  tx: Transaction,
  tokenHash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> =>
  tx.row(sql`update identity.invitation set accepted_at = ${now}
    where token_hash = ${tokenHash} and accepted_at is null and expires_at > ${now}
    returning ${sql.columns(Invitation)}`);

/** Adds an invitation; one that waits for the same address is replaced, and its token is worth nothing any more. */
export const putInvitation = (tx: Transaction, invitation: InvitationRow): Promise<InvitationRow> =>
  tx.one(sql`insert into identity.invitation (id, tenant_id, email, roles, token_hash, invited_by, created_at, expires_at)
    values (${invitation.id}, ${invitation.tenantId}, ${invitation.email}, ${invitation.roles}, ${invitation.tokenHash},
      ${invitation.invitedBy}, ${invitation.createdAt}, ${invitation.expiresAt})
    on conflict (tenant_id, email) where accepted_at is null do update set roles = excluded.roles,
      token_hash = excluded.token_hash, invited_by = excluded.invited_by, created_at = excluded.created_at,
      expires_at = excluded.expires_at
    returning ${sql.columns(Invitation)}`);

const pending = (tenantId: string, now: Date) =>
  sql`from identity.invitation where tenant_id = ${tenantId} and accepted_at is null and expires_at > ${now}`;

/** A page of an organization's invitations that can still be accepted, by their ids. */
export const findPendingInvitations = (
  tx: Transaction,
  tenantId: string,
  now: Date,
  page: Page,
): Promise<InvitationRow[]> =>
  tx.rows(sql`select ${sql.columns(Invitation)} ${pending(tenantId, now)} ${keyset(page, 'id')}`);

export const countPendingInvitations = async (
  tx: Transaction,
  tenantId: string,
  now: Date,
): Promise<number> => (await tx.one<{ count: number }>(sql`select count(*) ${pending(tenantId, now)}`)).count;
