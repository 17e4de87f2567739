import { jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from './errors.js';
import type { Secrets } from './secrets.js';
import type { Viewer } from './viewer.js';

/** The header in which the gateway tells a subgraph who is asking. */
export const VIEWER_HEADER = 'plaza-viewer';

/** How long a viewer token lives, in seconds: one request, with room for a slow clock. */
export const VIEWER_TOKEN_SECONDS = 60;

const PURPOSE = 'viewer token';

/** Signs the viewer for the way from the gateway to a subgraph. */
export async function signViewer(secrets: Secrets, viewer: Viewer): Promise<string> {
  return new SignJWT({ viewer })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(`${VIEWER_TOKEN_SECONDS}s`)
    .setIssuer('plaza-gateway')
    .sign(secrets.key(PURPOSE));
}

/** Opens a viewer token. Throws UNAUTHENTICATED when it is forged, changed or expired. */
export async function verifyViewer(secrets: Secrets, token: string): Promise<Viewer> {
  try {
    const { payload } = await jwtVerify<{ viewer: Viewer }>(token, secrets.key(PURPOSE), {
      algorithms: ['HS256'],
      issuer: 'plaza-gateway',
    });
    return payload.viewer;
  } catch {
    throw unauthenticated('The viewer token is not valid.');
  }
}
