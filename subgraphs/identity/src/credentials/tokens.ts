import type { Clock } from '@plaza/platform/clock';
import { scopesOfRoles, type Role, type Viewer } from '@plaza/platform/viewer';
import { SignJWT } from 'jose';
import type { SessionRow } from '../database/session.entity.js';
import { writeRefreshToken } from '../domain/refresh-token.js';
import { SIGNATURE, type SigningKeys } from './signing-keys.js';

/** How long an access token is good, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ISSUER = 'plaza';

/** What tokens are made with. */
export interface TokenKeys {
  clock: Clock;
  signingKeys: SigningKeys;
  /** Authenticates refresh tokens. */
  refreshKey: Buffer;
}

/** What a client holds of its session. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** When the access token runs out. */
  expiresAt: Date;
}

/** A session as its user gets it: the tokens, and who they now are. */
export interface OpenedSession {
  tokens: Tokens;
  viewer: Viewer;
}

/** The session's next pair of tokens. */
export async function issueTokens(on: TokenKeys, session: SessionRow, roles: Role[]): Promise<Tokens> {
  const { kid, key } = await on.signingKeys.current();
  const now = Math.floor(on.clock.now().getTime() / 1000);
  const expires = now + ACCESS_TOKEN_SECONDS;
  const accessToken = await new SignJWT({ tid: session.tenantId, sid: session.id, roles })
    .setProtectedHeader({ alg: SIGNATURE, kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setSubject(session.userId)
    .setIssuedAt(now)
    .setExpirationTime(expires)
    .sign(key);
  const refreshToken = writeRefreshToken(on.refreshKey, {
    sessionId: session.id,
    tenantId: session.tenantId,
    userId: session.userId,
    generation: session.generation,
  });
  return { accessToken, refreshToken, expiresAt: new Date(expires * 1000) };
}

/** The tokens of a session just opened, and its user as the viewer whom those tokens stand for. */
export async function handOver(on: TokenKeys, session: SessionRow, roles: Role[]): Promise<OpenedSession> {
  const viewer: Viewer = {
    kind: 'user',
    id: session.userId,
    name: null,
    tenantId: session.tenantId,
    roles,
    scopes: scopesOfRoles(roles),
    locationIds: null,
    sessionId: session.id,
  };
  return { tokens: await issueTokens(on, session, roles), viewer };
}
