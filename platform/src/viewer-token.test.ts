import { SignJWT } from 'jose';
import { Secrets } from './secrets.js';
import { signViewer, verifyViewer } from './viewer-token.js';
import type { Viewer } from './viewer.js';

const secrets = new Secrets('a deployment secret for tests only');
const viewer: Viewer = {
  kind: 'user',
  id: '0198c1a2-0000-7000-8000-000000000001',
  name: null,
  tenantId: '0198c1a2-0000-7000-8000-000000000002',
  roles: ['OPERATOR'],
  scopes: ['tickets:read'],
  locationIds: null,
  sessionId: null,
};

test('a subgraph reads the viewer that the gateway signed', async () => {
  expect(await verifyViewer(secrets, await signViewer(secrets, viewer))).toEqual(viewer);
});

test('a token of another deployment, an expired one and an unsigned one are refused', async () => {
  const foreign = await signViewer(new Secrets('another secret of the same length!'), viewer);
  const expired = await new SignJWT({ viewer })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('plaza-gateway')
    .setExpirationTime(1)
    .sign(secrets.key('viewer token'));
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ viewer, iss: 'plaza-gateway' })).toString('base64url')}.`;
  for (const token of [foreign, expired, unsigned, '', 'x']) {
    await expect(verifyViewer(secrets, token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});
