import { createHash } from 'node:crypto';
import { sql } from '@plaza/platform/database/sql';
import { ACCESS_CHANNEL } from '@plaza/platform/events/channels';
import { heardDuring } from '@plaza/platform/testing/heard-during';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { createApiKey } from '../src/use-cases/create-api-key.js';
import { createPartner } from '../src/use-cases/create-partner.js';
import { revokeApiKey } from '../src/use-cases/revoke-api-key.js';
import { PartnersFixture } from './partners-fixture.js';

let fixture: PartnersFixture;
beforeAll(async () => {
  fixture = await PartnersFixture.start();
});
afterAll(() => fixture.stop());

/** What the gateway hears meanwhile, on a connection of its own role. */
const told = (work: () => Promise<unknown>) => heardDuring(fixture.db.url('gateway'), ACCESS_CHANNEL, work);

async function newKey(viewer = testViewer()) {
  const on = fixture.on(viewer);
  const made = await createPartner(on, { name: 'Harbour' });
  if (made.__typename !== 'PartnerCreated') throw new Error(made.message);
  const key = await createApiKey(on, { partnerId: made.partner.id, name: 'gate', scopes: ['tickets:read'] });
  if (key.__typename !== 'ApiKeyCreated') throw new Error(key.message);
  return { viewer, id: key.apiKey.id, secret: key.secret };
}

test('a key is told of when it is revoked, and only the first time', async () => {
  const { viewer, id } = await newKey();
  const revoke = () => revokeApiKey(fixture.on(viewer), { apiKeyId: id });
  expect(await told(revoke)).toEqual([`apiKey:${id}`]);
  expect(await told(revoke)).toEqual([]);
});

test.each([["scopes = '{spaces:read}'"], ['location_ids = array[uuidv7()]'], ['expires_at = now()']])(
  'a key is told of when its %s',
  async (changed) => {
    const { id } = await newKey();
    const change = () => fixture.see(`update partners.api_key set ${changed} where id = $1`, [id]);
    expect(await told(change)).toEqual([`apiKey:${id}`]);
  },
);

test('a key that is removed is told of', async () => {
  const { id } = await newKey();
  expect(await told(() => fixture.see('delete from partners.api_key where id = $1', [id]))).toEqual([
    `apiKey:${id}`,
  ]);
});

test('a key that is made or used is not told of', async () => {
  const gateway = fixture.db.database('gateway');
  let used: { last_used_at: Date | null }[] = [];
  const heard = await told(async () => {
    const { id, secret } = await newKey();
    const hash = createHash('sha256').update(secret).digest();
    await gateway.write({ tenantId: null }, (tx) =>
      tx.rows(sql`select id from partners.authenticate_api_key(${hash})`),
    );
    used = await fixture.see('select last_used_at from partners.api_key where id = $1', [id]);
  });
  expect(used).toEqual([{ last_used_at: expect.any(Date) }]);
  expect(heard).toEqual([]);
});
