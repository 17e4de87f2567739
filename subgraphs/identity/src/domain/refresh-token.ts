import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a refresh token says: the session, in whose name, and the how-many-eth of the session's tokens it is. */
export interface RefreshGrant {
  sessionId: string;
  tenantId: string;
  userId: string;
  /** 1 for the token of the sign-in; each refresh makes the next. Only the newest is good. */
  generation: number;
}

const PREFIX = 'plr_';
const UUID_BYTES = 16;
const GRANT_BYTES = 3 * UUID_BYTES + 4;
const MAC_BYTES = 32;

const toBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const toUuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const seal = (key: Buffer, grant: Buffer): Buffer => createHmac('sha256', key).update(grant).digest();

/**
 * Writes a refresh token. It is authenticated rather than stored: a session keeps the number of its newest token only, and
 * any older one that is ever shown proves itself to be ours and used before.
 */
export function writeRefreshToken(key: Buffer, grant: RefreshGrant): string {
  const generation = Buffer.alloc(4);
  generation.writeUInt32BE(grant.generation);
  const bytes = Buffer.concat([
    toBytes(grant.sessionId),
    toBytes(grant.tenantId),
    toBytes(grant.userId),
    generation,
  ]);
  return PREFIX + Buffer.concat([bytes, seal(key, bytes)]).toString('base64url');
}

/** Reads a refresh token; null when it is not one that this deployment wrote. */
export function readRefreshToken(key: Buffer, token: string): RefreshGrant | null {
  if (!token.startsWith(PREFIX) || token.length > 200) return null;
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64url');
  if (bytes.length !== GRANT_BYTES + MAC_BYTES) return null;
  const grant = bytes.subarray(0, GRANT_BYTES);
  if (!timingSafeEqual(bytes.subarray(GRANT_BYTES), seal(key, grant))) return null;
  const uuidAt = (index: number) => toUuid(grant.subarray(index * UUID_BYTES, (index + 1) * UUID_BYTES));
  return {
    sessionId: uuidAt(0),
    tenantId: uuidAt(1),
    userId: uuidAt(2),
    generation: grant.readUInt32BE(3 * UUID_BYTES),
  };
}
