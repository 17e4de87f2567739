import type { Clock } from '@plaza/platform/clock';
import { unauthenticated } from '@plaza/platform/errors';
import { ROLES, scopesOfRoles, type Viewer } from '@plaza/platform/viewer';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { Recent } from '@plaza/platform/server/recent';
import type { PublicKeys } from './public-keys.js';
import { ShortMemory } from './short-memory.js';

const ISSUER = 'plaza';
/** How long a session is believed to stand. A revoked one is refused within this time. */
export const SESSION_MILLISECONDS = 1000;

const claims = z.object({
  sub: z.uuid(),
  tid: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(ROLES)),
  exp: z.number(),
});

interface Verified {
  viewer: Viewer;
  sessionId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Turns a user's access token into a viewer. A signature is checked once; time and session at every use. */
export class AccessTokens {
  private readonly verified = new Recent<string, Verified>(20_000);
  private readonly sessions: ShortMemory<boolean>;

  constructor(
    private readonly keys: PublicKeys,
    private readonly isSessionLive: (sessionId: string) => Promise<boolean>,
    private readonly clock: Clock,
  ) {
    this.sessions = new ShortMemory(clock, SESSION_MILLISECONDS);
  }

  /** Throws UNAUTHENTICATED for a token that is forged, has expired, or whose session is over. */
  async viewerOf(token: string): Promise<Viewer> {
    let known = this.verified.get(token);
    if (!known) {
      known = await this.verify(token);
      this.verified.set(token, known);
    }
    const { viewer, sessionId, expiresAt } = known;
    if (this.clock.now().getTime() >= expiresAt) throw EXPIRED();
    if (!(await this.sessions.get(sessionId, () => this.isSessionLive(sessionId)))) {
      throw unauthenticated('This session is over: sign in again.');
    }
    return viewer;
  }

  /** Looks every session up again at its next use. */
  forget(): void {
    this.sessions.forget();
  }

  private async verify(token: string): Promise<Verified> {
    const payload = await this.payloadOf(token);
    const { sub, tid, sid, roles, exp } = payload;
    const viewer: Viewer = {
      kind: 'user',
      id: sub,
      name: null,
      tenantId: tid,
      roles,
      scopes: scopesOfRoles(roles),
      locationIds: null,
      sessionId: sid,
    };
    return { viewer, sessionId: sid, expiresAt: exp * 1000 };
  }

  private async payloadOf(token: string): Promise<z.infer<typeof claims>> {
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = kid === undefined ? undefined : await this.keys.find(kid);
          if (!key) throw new errors.JWKSNoMatchingKey();
          return key;
        },
        { algorithms: ['EdDSA'], issuer: ISSUER, audience: ISSUER, currentDate: this.clock.now() },
      );
      return claims.parse(payload);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw EXPIRED();
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw unauthenticated('The access token is not valid.');
      }
      throw error;
    }
  }
}

const EXPIRED = () => unauthenticated('The access token has expired: refresh the session.');
