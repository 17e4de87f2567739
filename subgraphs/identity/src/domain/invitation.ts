import { createHash, randomBytes } from 'node:crypto';

/** An invitation can be accepted for seven days; in milliseconds. */
export const INVITATION_MS = 7 * 24 * 3_600_000;

const PREFIX = 'pli_';

/** When an invitation ends that is made now. */
export const invitationEnd = (now: Date): Date => new Date(now.getTime() + INVITATION_MS);

/** A new secret token of 256 random bits. */
export const newInvitationToken = (): string => PREFIX + randomBytes(32).toString('base64url');

/** What is kept of the token: enough to recognize it, not enough to show it. */
export const hashInvitationToken = (token: string): Buffer => createHash('sha256').update(token).digest();
