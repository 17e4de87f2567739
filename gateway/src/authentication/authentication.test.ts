import { SetClock } from '@plaza/platform/clock';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { AccessTokens, SESSION_MILLISECONDS } from './access-token.js';
import { API_KEY_MILLISECONDS, ApiKeys } from './api-keys.js';
import { Authenticator } from './authenticator.js';
import { PublicKeys } from './public-keys.js';

const USER = '0198c1a2-0000-7000-8000-000000000001';
const TENANT = '0198c1a2-0000-7000-8000-000000000002';
const SESSION = '0198c1a2-0000-7000-8000-000000000003';
const START = '2026-11-22T09:00:00Z';

async function setUp() {
  const clock = new SetClock(START);
  const pairs = new Map<string, CryptoKey>();
  const published: { kid: string; jwk: object }[] = [];
  const asked = { keys: 0, sessions: 0, apiKeys: 0 };
  const state = { live: true, apiKey: true };
  const addKey = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    pairs.set(kid, privateKey);
    published.push({ kid, jwk: await exportJWK(publicKey) });
  };
  await addKey('k1');
  const publicKeys = new PublicKeys(() => (asked.keys++, Promise.resolve(published as never)));
  const sessionIsLive = () => (asked.sessions++, Promise.resolve(state.live));
  const find = (hash: Buffer) => {
    asked.apiKeys++;
    const key = {
      id: USER,
      tenantId: TENANT,
      name: 'ERP',
      scopes: ['tickets:read' as const],
      locationIds: null,
      expiresAt: null,
    };
    expect(hash).toHaveLength(32);
    return Promise.resolve(state.apiKey ? key : undefined);
  };
  const authenticator = new Authenticator({
    accessTokens: new AccessTokens(publicKeys, sessionIsLive, clock),
    apiKeys: new ApiKeys(find, clock),
  });
  const sign = (claims: object = {}, kid = 'k1', key = pairs.get(kid)!) => {
    const now = Math.floor(clock.now().getTime() / 1000);
    const payload = {
      iss: 'plaza',
      aud: 'plaza',
      sub: USER,
      tid: TENANT,
      sid: SESSION,
      roles: ['OPERATOR'],
      exp: now + 900,
      ...claims,
    };
    return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid }).sign(key);
  };
  const as = (credential: string) => authenticator.authenticate(`Bearer ${credential}`);
  return { authenticator, as, sign, addKey, pairs, asked, state, clock, publicKeys };
}

const pair = () => generateKeyPair('EdDSA', { crv: 'Ed25519' });
const refused = { extensions: { code: 'UNAUTHENTICATED' } };

test('an access token makes the viewer whom its claims name, with the scopes of the roles', async () => {
  const { as, sign } = await setUp();
  const viewer = await as(await sign());
  expect(viewer).toMatchObject({
    kind: 'user',
    id: USER,
    tenantId: TENANT,
    sessionId: SESSION,
    roles: ['OPERATOR'],
  });
  expect(viewer?.scopes).toContain('tickets:write');
  expect(viewer?.scopes).not.toContain('members:write');
});

test('no credential is nobody; an unreadable one is refused', async () => {
  const { authenticator } = await setUp();
  expect(await authenticator.authenticate(undefined)).toBeNull();
  for (const header of [
    'Basic abc',
    'Bearer',
    'Bearer a b',
    `Bearer ${'x'.repeat(5000)}`,
    'Bearer nonsense',
    'Bearer a.b.c',
  ]) {
    await expect(authenticator.authenticate(header)).rejects.toMatchObject(refused);
  }
});

test.each([
  ['of another issuer', { iss: 'evil' }],
  ['for another audience', { aud: 'evil' }],
  ['that has expired', { exp: 1 }],
  ['without a tenant', { tid: undefined }],
  ['with an unknown role', { roles: ['ROOT'] }],
  ['without an end', { exp: undefined }],
])('a token %s is refused', async (_what, claims) => {
  const { as, sign } = await setUp();
  await expect(sign(claims).then(as)).rejects.toMatchObject(refused);
});

test('a token signed by another key under a known id is refused', async () => {
  const { as, sign } = await setUp();
  const { privateKey } = await pair();
  await expect(sign({}, 'k1', privateKey).then(as)).rejects.toMatchObject(refused);
});

test('a token that claims to need no signature is refused', async () => {
  const { as, sign } = await setUp();
  const [, payload] = (await sign()).split('.');
  const none = Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url');
  await expect(as(`${none}.${payload}.`)).rejects.toMatchObject(refused);
});

test('a key made a moment ago is found; many unknown key ids at once are one reading', async () => {
  const { as, sign, addKey, asked } = await setUp();
  await as(await sign());
  const forged = await Promise.allSettled([
    sign({}, 'x', (await pair()).privateKey).then(as),
    sign({}, 'y', (await pair()).privateKey).then(as),
  ]);
  expect(forged.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked.keys).toBe(2);
  await addKey('k2');
  expect(await as(await sign({}, 'k2'))).not.toBeNull();
  expect(asked.keys).toBe(3);
});

test('a token that was good stops being so when its time is over', async () => {
  const { as, sign, clock } = await setUp();
  const token = await sign();
  await as(token);
  clock.advance(900_000);
  await expect(as(token)).rejects.toMatchObject({ message: expect.stringContaining('expired') });
});

test('a revoked session is refused within a second; until then it is asked for once', async () => {
  const { as, sign, state, asked, clock } = await setUp();
  const token = await sign();
  await Promise.all([as(token), as(token), as(token)]);
  expect(asked.sessions).toBe(1);
  state.live = false;
  clock.advance(SESSION_MILLISECONDS);
  await expect(as(token)).rejects.toMatchObject(refused);
});

test('an API key makes its viewer, the same object for as long as the key does not change', async () => {
  const { as, asked, clock } = await setUp();
  const viewer = await as('plz_live_abc');
  expect(viewer).toMatchObject({
    kind: 'apiKey',
    name: 'ERP',
    tenantId: TENANT,
    scopes: ['tickets:read'],
    roles: [],
    sessionId: null,
  });
  clock.advance(API_KEY_MILLISECONDS);
  expect(await as('plz_live_abc')).toBe(viewer);
  expect(asked.apiKeys).toBe(2);
});

test('a revoked API key is refused within a second', async () => {
  const { as, state, clock } = await setUp();
  await as('plz_live_abc');
  state.apiKey = false;
  clock.advance(API_KEY_MILLISECONDS);
  await expect(as('plz_live_abc')).rejects.toMatchObject(refused);
});

test('a look-up that fails is an error of ours, and is not remembered', async () => {
  const clock = new SetClock(START);
  let down = true;
  const keys = new ApiKeys(
    () => (down ? Promise.reject(new Error('no database')) : Promise.resolve(undefined)),
    clock,
  );
  await expect(keys.viewerOf('plz_live_a')).rejects.toThrow('no database');
  down = false;
  await expect(keys.viewerOf('plz_live_a')).rejects.toMatchObject(refused);
});

test('the key set that others verify with says how', async () => {
  const { publicKeys } = await setUp();
  expect(await publicKeys.keySet()).toEqual({
    keys: [expect.objectContaining({ kid: 'k1', alg: 'EdDSA', use: 'sig', kty: 'OKP', crv: 'Ed25519' })],
  });
});
