import { createHash } from 'node:crypto';
import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { createApiKey, type NewApiKey } from '../src/use-cases/create-api-key.js';
import { createPartner } from '../src/use-cases/create-partner.js';
import { revokeApiKey } from '../src/use-cases/revoke-api-key.js';
import { PartnersFixture } from './partners-fixture.js';

let fixture: PartnersFixture;
let gateway: Database;

beforeAll(async () => {
  fixture = await PartnersFixture.start();
  gateway = fixture.db.database('gateway');
});
afterAll(() => fixture.stop());

async function partnerOf(viewer: Viewer, name = `Partner ${newId()}`): Promise<string> {
  const made = await createPartner(fixture.on(viewer), { name });
  if (made.__typename !== 'PartnerCreated') throw new Error(made.message);
  return made.partner.id;
}

async function keyOf(viewer: Viewer, wanted: Partial<NewApiKey> = {}) {
  const partnerId = wanted.partnerId ?? (await partnerOf(viewer));
  const made = await createApiKey(fixture.on(viewer), {
    name: 'gate',
    scopes: ['tickets:read'],
    ...wanted,
    partnerId,
  });
  if (made.__typename !== 'ApiKeyCreated') throw new Error(made.message);
  return made;
}

const hash = (secret: string) => createHash('sha256').update(secret).digest();
const authenticate = (secretHash: Buffer) =>
  gateway.write({ tenantId: null }, (tx) =>
    tx.row(sql`select id, tenant_id, name, scopes, location_ids, expires_at
      from partners.authenticate_api_key(${secretHash})`),
  );

test('the gateway finds a key by the hash of its secret, and nothing by another one', async () => {
  const viewer = testViewer();
  const { apiKey, secret } = await keyOf(viewer, { scopes: ['tickets:write', 'tickets:read'] });
  expect(await authenticate(hash(secret))).toEqual({
    id: apiKey.id,
    tenant_id: viewer.tenantId,
    name: 'gate',
    scopes: ['tickets:read', 'tickets:write'],
    location_ids: null,
    expires_at: null,
  });
  expect(await authenticate(hash(`${secret}x`))).toBeUndefined();
  expect(await authenticate(Buffer.alloc(0))).toBeUndefined();
});

test('a use is noted to the minute, in a transaction that may write', async () => {
  const { apiKey, secret } = await keyOf(testViewer());
  const lastUsed = async () => {
    const [row] = await fixture.see<{ at: Date | null }>(
      'select last_used_at as at from partners.api_key where id = $1',
      [apiKey.id],
    );
    return row!.at;
  };
  await gateway.read({ tenantId: null }, (tx) =>
    tx.row(sql`select id from partners.authenticate_api_key(${hash(secret)})`),
  );
  expect(await lastUsed()).toBeNull();
  await authenticate(hash(secret));
  const used = await lastUsed();
  expect(Date.now() - used!.getTime()).toBeLessThan(70_000);
  expect(used!.getTime() % 60_000).toBe(0);
});

test('after the look-up the transaction sees no key any more', async () => {
  const { secret } = await keyOf(testViewer());
  const setting = await gateway.write({ tenantId: null }, async (tx) => {
    await tx.row(sql`select id from partners.authenticate_api_key(${hash(secret)})`);
    return tx.one<{ left: string }>(sql`select current_setting('plaza.api_key_hash', true) as left`);
  });
  expect(setting.left).toBe('');
});

test('a revoked key is unknown at once, and revoking it again changes nothing', async () => {
  const viewer = testViewer();
  const { apiKey, secret } = await keyOf(viewer);
  const first = await revokeApiKey(fixture.on(viewer), { apiKeyId: apiKey.id });
  expect(first.apiKey.revokedAt).toBeInstanceOf(Date);
  expect(await authenticate(hash(secret))).toBeUndefined();
  const second = await revokeApiKey(fixture.on(viewer), { apiKeyId: apiKey.id });
  expect(second.apiKey.revokedAt).toEqual(first.apiKey.revokedAt);
  const events = await fixture.see('select type, data from events.event where subject_id = $1 order by seq', [
    apiKey.id,
  ]);
  const data = { apiKeyId: apiKey.id, partnerId: apiKey.partnerId, name: 'gate' };
  expect(events).toEqual([
    { type: 'api_key.created', data },
    { type: 'api_key.revoked', data },
  ]);
});

test('a key stops at its expiry', async () => {
  const { apiKey, secret } = await keyOf(testViewer(), { expiresAt: new Date(Date.now() + 60_000) });
  expect(await authenticate(hash(secret))).toMatchObject({ id: apiKey.id });
  await fixture.see(`update partners.api_key set expires_at = now() - interval '1 second' where id = $1`, [
    apiKey.id,
  ]);
  expect(await authenticate(hash(secret))).toBeUndefined();
  await expect(keyOf(testViewer(), { expiresAt: new Date(Date.now() - 1) })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    extensions: { field: 'expiresAt' },
  });
});

test('a key can not get a scope that its maker lacks', async () => {
  const viewer = testViewer({ scopes: ['partners:write', 'tickets:read'] });
  const partnerId = await partnerOf(viewer);
  const wanted = { partnerId, name: 'gate', scopes: ['tickets:read', 'payments:refund', 'members:write'] };
  expect(await createApiKey(fixture.on(viewer), wanted)).toMatchObject({
    __typename: 'ScopesNotGranted',
    scopes: ['payments:refund', 'members:write'],
  });
  await expect(keyOf(viewer, { scopes: ['tickets:eat'] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await expect(keyOf(viewer, { scopes: [] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a key can not reach a location that its maker can not, and gets the maker’s when none are named', async () => {
  const [mine, other] = [newId(), newId()];
  const viewer = testViewer({ locationIds: [mine] });
  const partnerId = await partnerOf(viewer);
  const wanted = { partnerId, name: 'gate', scopes: ['tickets:read'] };
  expect(await createApiKey(fixture.on(viewer), { ...wanted, locationIds: [mine, other] })).toMatchObject({
    __typename: 'LocationsNotGranted',
    locationIds: [other],
  });
  const { apiKey } = await keyOf(viewer, { partnerId });
  expect(apiKey.locationIds).toEqual([mine]);
});

test('a key can only be tied to locations of its maker’s organization', async () => {
  const [viewer, stranger] = [testViewer(), testViewer()];
  const [own, foreign] = [await fixture.location(viewer), await fixture.location(stranger)];
  expect((await keyOf(viewer, { locationIds: [own] })).apiKey.locationIds).toEqual([own]);
  for (const missing of [foreign, newId()]) {
    await expect(keyOf(viewer, { locationIds: [own, missing] })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { field: 'locationIds' },
    });
  }
});

test('the policy refuses a key beyond its maker’s locations, whatever the story forgets', async () => {
  const [mine, other] = [newId(), newId()];
  const viewer = testViewer({ locationIds: [mine] });
  const partnerId = await partnerOf(viewer);
  const insert = fixture.database.write(viewer, (tx) =>
    tx.run(sql`insert into partners.api_key (id, partner_id, name, secret_hash, display_prefix, scopes, location_ids,
      created_at) values (${newId()}, ${partnerId}, 'x', ${Buffer.alloc(32)}, 'x', '{tickets:read}', ${[other]}, now())`),
  );
  await expect(insert).rejects.toThrow('row-level security');
});

test('without partners:write nobody makes or revokes keys', async () => {
  const viewer = testViewer({ scopes: ['partners:read'] });
  const wanted = { partnerId: newId(), name: 'gate', scopes: ['partners:read'] };
  await expect(createApiKey(fixture.on(viewer), wanted)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(createApiKey(fixture.on(null), wanted)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(revokeApiKey(fixture.on(viewer), { apiKeyId: newId() })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('another tenant’s partner and key are not found', async () => {
  const owner = testViewer();
  const { apiKey } = await keyOf(owner);
  const stranger = testViewer();
  await expect(keyOf(stranger, { partnerId: apiKey.partnerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(revokeApiKey(fixture.on(stranger), { apiKeyId: apiKey.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(revokeApiKey(fixture.on(stranger), { apiKeyId: 'no id at all' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('the same idempotency key gives the same key and secret ten times at once, to its maker only', async () => {
  const viewer = testViewer();
  const wanted = { partnerId: await partnerOf(viewer), idempotencyKey: 'once' };
  const made = await Promise.all(Array.from({ length: 10 }, () => keyOf(viewer, wanted)));
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(1);
  expect(new Set(made.map(({ apiKey }) => apiKey.id)).size).toBe(1);
  const colleague = testViewer({ tenantId: viewer.tenantId });
  expect((await keyOf(colleague, wanted)).secret).not.toBe(made[0]?.secret);
});

test('a partner’s name is taken once', async () => {
  const viewer = testViewer();
  await partnerOf(viewer, 'Harbour Mobility');
  expect(await createPartner(fixture.on(viewer), { name: 'HARBOUR mobility' })).toMatchObject({
    __typename: 'PartnerNameTaken',
  });
  await expect(partnerOf(testViewer(), 'Harbour Mobility')).resolves.toEqual(expect.any(String));
});

test('no secret stands in the database', async () => {
  const viewer = testViewer();
  const partnerId = await partnerOf(viewer);
  const { secret } = await keyOf(viewer, { partnerId, idempotencyKey: 'kept' });
  const rows = await fixture.see<{ text: string }>(
    `select k::text as text from partners.api_key k union all select i::text from partners.idempotency_key i
      union all select e::text from events.event e`,
  );
  const everything = rows.map(({ text }) => text).join('\n');
  expect(everything).toContain(secret.slice(0, 13));
  expect(everything).not.toContain(secret.slice(0, 20));
  expect(everything).not.toContain(Buffer.from(secret).toString('base64').slice(0, 30));
});
