import { systemClock } from '@plaza/platform/clock';
import { Secrets } from '@plaza/platform/secrets';
import { createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import pg from 'pg';
import { SigningKeys } from '../src/credentials/signing-keys.js';
import { issueTokens } from '../src/credentials/tokens.js';
import { type Identity, openIdentity, value } from './identity.js';

let identity: Identity;
let gateway: pg.Client;
beforeEach(async () => {
  identity = await openIdentity();
  gateway = new pg.Client({ connectionString: identity.test.url('gateway') });
  await gateway.connect();
});
afterEach(async () => {
  await gateway.end();
  await identity.close();
});

const publicKeys = async () =>
  (await gateway.query<{ kid: string; public_jwk: JWK }>('select * from identity.public_keys()')).rows;

test('ten processes that need the first key at once make one', async () => {
  const processes = Array.from(
    { length: 10 },
    () => new SigningKeys(identity.database, identity.test.secrets, systemClock),
  );
  const keys = await Promise.all(processes.map((each) => each.current()));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
  expect(await publicKeys()).toHaveLength(1);
});

test('an access token verifies with the public keys and says who, where, in which session and for how long', async () => {
  const { tokens, viewer } = await identity.found();
  const keys = createLocalJWKSet({ keys: (await publicKeys()).map(({ public_jwk: jwk }) => jwk) });
  const { payload } = await jwtVerify(tokens.accessToken, keys, {
    issuer: 'plaza',
    audience: 'plaza',
    algorithms: ['EdDSA'],
    currentDate: identity.clock.now(),
  });
  expect(payload).toMatchObject({
    sub: viewer.id,
    tid: viewer.tenantId,
    sid: viewer.sessionId,
    roles: ['OWNER'],
  });
  expect(payload.exp! - payload.iat!).toBe(900);
  expect(tokens.expiresAt.getTime()).toBe(payload.exp! * 1000);
});

test('the private half is sealed, and no public key carries it', async () => {
  await identity.found();
  const sealed = await value<Buffer>(identity.admin, 'select private_jwk from identity.signing_key');
  expect(sealed.toString('latin1')).not.toContain('OKP');
  expect(Object.keys((await publicKeys())[0]!.public_jwk).sort()).toEqual([
    'alg',
    'crv',
    'kid',
    'kty',
    'use',
    'x',
  ]);
  const row = identity.admin.query(
    `update identity.signing_key set public_jwk = public_jwk || '{"d": "secret"}'`,
  );
  await expect(row).rejects.toMatchObject({ code: '23514' });
});

test('with another deployment secret a new key is made, and the old one still verifies', async () => {
  const { tokens, viewer } = await identity.found();
  const other = new Secrets('another secret of another deployment, long enough');
  const signingKeys = new SigningKeys(identity.database, other, systemClock);
  const { kid } = await signingKeys.current();
  const known = (await publicKeys()).map((key) => key.kid);
  expect(known).toHaveLength(2);
  expect(known).toEqual(expect.arrayContaining([kid, decodeProtectedHeader(tokens.accessToken).kid]));
  expect((await identity.as(viewer).signingKeys.current()).kid).not.toBe(kid);
});

test('a failed first try is tried again', async () => {
  await identity.admin.query('revoke insert on identity.signing_key from plaza_identity');
  const keys = new SigningKeys(identity.database, identity.test.secrets, systemClock);
  await expect(keys.current()).rejects.toThrow();
  await identity.admin.query('grant insert on identity.signing_key to plaza_identity');
  expect((await keys.current()).kid).toBe((await publicKeys())[0]!.kid);
});

test('a hundred tokens are signed with one key that is read once', async () => {
  const { viewer } = await identity.found();
  const session = { id: viewer.sessionId!, tenantId: viewer.tenantId, userId: viewer.id, generation: 1 };
  await identity.admin.query('delete from identity.signing_key');
  const all = await Promise.all(
    Array.from({ length: 100 }, () => issueTokens(identity.as(null), session as never, ['OWNER'])),
  );
  expect(new Set(all.map(({ accessToken }) => decodeProtectedHeader(accessToken).kid)).size).toBe(1);
});
