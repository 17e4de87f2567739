import type { LoginRole } from '@plaza/platform/database/component';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import pg from 'pg';
import { createPartner } from '../src/use-cases/create-partner.js';
import { createApiKey } from '../src/use-cases/create-api-key.js';
import { redeliver } from '../src/use-cases/redeliver.js';
import { replayEvents } from '../src/use-cases/replay-events.js';
import { rotateWebhookSecret } from '../src/use-cases/rotate-webhook-secret.js';
import { updateWebhookEndpoint } from '../src/use-cases/update-webhook-endpoint.js';
import { eventually, PartnersFixture } from './partners-fixture.js';
import { Receiver } from './receiver.js';

const TABLES = [
  'partner',
  'api_key',
  'webhook_endpoint',
  'webhook_secret',
  'webhook_feed',
  'delivery',
  'delivery_attempt',
];

let fixture: PartnersFixture;
let receiver: Receiver;
const owner = testViewer();
let endpointId: string;

beforeAll(async () => {
  fixture = await PartnersFixture.start();
  receiver = await Receiver.listen();
  const made = await createPartner(fixture.on(owner), { name: 'Harbour' });
  if (made.__typename !== 'PartnerCreated') throw new Error(made.message);
  await createApiKey(fixture.on(owner), {
    partnerId: made.partner.id,
    name: 'gate',
    scopes: ['tickets:read'],
  });
  endpointId = (await fixture.endpoint(owner, receiver.url)).id;
  fixture.work();
  await fixture.happens(owner);
  await eventually('there is an attempt', async () => (await count('delivery_attempt')) === 1);
});
afterAll(async () => {
  await fixture.stop();
  await receiver.close();
});

const count = async (table: string): Promise<number> =>
  Number((await fixture.see<{ n: string }>(`select count(*) n from partners.${table}`))[0]!.n);

async function as<Result>(
  role: LoginRole,
  viewer: Partial<Viewer>,
  work: (client: pg.Client) => Promise<Result>,
) {
  const client = new pg.Client({ connectionString: fixture.db.url(role) });
  await client.connect();
  await client.query(
    `select set_config('plaza.tenant', $1, false), set_config('plaza.locations', $2, false)`,
    [viewer.tenantId ?? '', viewer.locationIds ? `{${viewer.locationIds.join(',')}}` : ''],
  );
  return work(client).finally(() => client.end());
}

test.each(TABLES)('rows of %s are seen by their own tenant only', async (table) => {
  const select = async (client: pg.Client) =>
    (await client.query(`select 1 from partners.${table}`)).rowCount;
  expect(await as('partners', owner, select)).toBe(1);
  expect(await as('partners', testViewer(), select)).toBe(0);
  expect(await as('partners', {}, select)).toBe(0);
});

test.each(TABLES.filter((table) => table !== 'partner'))(
  'a viewer of some locations sees no row of %s that reaches beyond them',
  async (table) => {
    const restricted = { ...owner, locationIds: [newId()] };
    const select = async (client: pg.Client) =>
      (await client.query(`select 1 from partners.${table}`)).rowCount;
    expect(await as('partners', restricted, select)).toBe(0);
  },
);

test('the gateway’s role can ask for a key by its hash and read no table', async () => {
  for (const table of TABLES) {
    const read = as('gateway', owner, (client) => client.query(`select 1 from partners.${table}`));
    await expect(read).rejects.toThrow('permission denied');
  }
  const claim = as('gateway', owner, (client) => client.query(`select partners.lagging_tenants()`));
  await expect(claim).rejects.toThrow('permission denied');
});

test('no other subgraph can call the functions that look across tenants', async () => {
  for (const call of [
    'partners.lagging_tenants()',
    `partners.claim_deliveries(now(), now(), 1, 1)`,
    `partners.authenticate_api_key('\\x00')`,
  ]) {
    const called = as('tickets', owner, (client) => client.query(`select * from ${call}`));
    await expect(called).rejects.toThrow('permission denied');
  }
});

test('the subgraph’s role can neither change a key’s secret nor its scopes', async () => {
  const change = as('partners', owner, (client) => client.query(`update partners.api_key set scopes = '{}'`));
  await expect(change).rejects.toThrow('permission denied');
});

test('another tenant’s endpoint and delivery are not found by any story', async () => {
  const [{ id: deliveryId }] = (await fixture.see<{ id: string }>(
    'select id from partners.delivery limit 1',
  )) as [{ id: string }];
  const stranger = fixture.on(testViewer());
  const colleague = fixture.on({ ...owner, locationIds: [newId()] });
  for (const on of [stranger, colleague]) {
    for (const story of [
      () => updateWebhookEndpoint(on, { endpointId, url: 'https://example.com/' }),
      () => rotateWebhookSecret(on, { endpointId }),
      () => replayEvents(on, { endpointId, from: new Date(0) }),
      () => redeliver(on, { deliveryId }),
    ]) {
      await expect(story()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  }
});

test('an endpoint of a viewer of some locations is sent those locations’ events only', async () => {
  const [mine, other] = [newId(), newId()];
  const viewer = testViewer({ locationIds: [mine] });
  await fixture.endpoint(viewer, receiver.url);
  const everywhere = { ...viewer, locationIds: null };
  const elsewhere = await fixture.happens(everywhere, 'ticket.entered', other);
  const nowhere = await fixture.happens(everywhere, 'ticket.entered', null);
  const here = await fixture.happens(everywhere, 'ticket.entered', mine);
  await eventually('the webhook arrives', () => receiver.of(here).length === 1);
  expect(receiver.of(elsewhere)).toHaveLength(0);
  expect(receiver.of(nowhere)).toHaveLength(0);
});
