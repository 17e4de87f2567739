import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@plaza/platform/ids';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { type Found, PlazaClient, type Watch } from './plaza/client.js';
import { ENTER, LEAVE, type Organization, PAY, registerOrganization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

// What an operations room watches: the figures of a location, the event log itself, and how webhooks fare.

let database: TestDatabase;
let plaza: RunningPlaza;
const watches: Watch[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database);
}, 90_000);
afterEach(() => Promise.all(watches.splice(0).map((watch) => watch.close())));
afterAll(async () => {
  expect(await plaza.stop()).toBe(0);
  await database.drop();
});

async function watch(client: PlazaClient, query: string, variables: Record<string, unknown> = {}) {
  const watching = await client.watch(query, variables);
  watches.push(watching);
  return watching;
}

const enter = async ({ client, locationId }: Organization, plate: string) =>
  (await client.command(ENTER, { locationId, plate, vehicleKind: 'CAR' })).ticket.id as string;

async function stay(organization: Organization, plate: string): Promise<void> {
  const ticketId = await enter(organization, plate);
  await organization.client.command(PAY, { ticketId, method: 'CASH' });
  await organization.client.command(LEAVE, { ticketId });
}

/** A client with a new API key of these scopes. */
async function keyOf({ client }: Organization, scopes: string[]): Promise<PlazaClient> {
  const { partner } = await client.command(
    `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { ... on PartnerCreated { partner { id } } } }`,
    { name: `Partner of ${scopes.join()}` },
  );
  const { secret } = await client.command(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on ApiKeyCreated { secret } } }`,
    { partnerId: partner.id, name: 'server', scopes },
  );
  return client.as(secret as string);
}

describe('the figures of a location', () => {
  const FIGURES = `occupied available utilization entriesLastHour exitsLastHour averageStayMinutes
    arrivalsPerHour { hour startsAt arrivals } revenueToday { amount currencyCode }`;
  const METRICS = `subscription ($id: ID!) { locationMetrics(locationId: $id, throttleMs: 0) { id ${FIGURES} } }`;

  test('come from three subgraphs, at first as they are and then whenever one of them changes', async () => {
    const own = await registerOrganization(plaza.url, { spaces: 4 });
    const watching = await watch(own.client, METRICS, { id: own.locationId });
    const until = async (condition: (metrics: Found) => boolean): Promise<Found> =>
      (await watching.until(({ data }) => condition(data.locationMetrics as Found))).data.locationMetrics;
    const first = await until(() => true);
    expect(first).toMatchObject({
      ...{ id: own.locationId, occupied: 0, available: 4, utilization: 0 },
      ...{ entriesLastHour: 0, exitsLastHour: 0, averageStayMinutes: null },
      revenueToday: { amount: '0.00', currencyCode: 'EUR' },
    });
    expect(first.arrivalsPerHour).toHaveLength(24);
    const ticketId = await enter(own, 'FIGURES');
    const inside = await until(({ entriesLastHour }) => entriesLastHour === 1);
    expect(inside).toMatchObject({ occupied: 1, available: 3, utilization: 0.25 });
    const arrived = (inside.arrivalsPerHour as { arrivals: number }[]).map(({ arrivals }) => arrivals);
    expect(arrived.reduce((sum, arrivals) => sum + arrivals)).toBe(1);
    await own.client.command(PAY, { ticketId, method: 'CASH' });
    await until(({ revenueToday }) => revenueToday.amount === '2.00');
    await own.client.command(LEAVE, { ticketId });
    const left = await until(({ exitsLastHour }) => exitsLastHour === 1);
    expect(left).toMatchObject({ occupied: 0, revenueToday: { amount: '2.00' } });
    expect(left.averageStayMinutes).toBeLessThan(1);
    const { location } = await own.client.ask(
      `query ($id: ID!) { location(id: $id) { metrics { id ${FIGURES} } } }`,
      { id: own.locationId },
    );
    expect(location.metrics).toMatchObject({
      occupied: 0,
      exitsLastHour: 1,
      revenueToday: { amount: '2.00' },
    });
  });

  test('are told without those that the viewer may not read', async () => {
    const own = await registerOrganization(plaza.url, { spaces: 2 });
    await stay(own, 'HIDDEN');
    const watching = await watch(await keyOf(own, ['locations:read', 'tickets:read']), METRICS, {
      id: own.locationId,
    });
    const { data, errors } = await watching.until(() => true);
    expect(data.locationMetrics).toMatchObject({ occupied: 0, exitsLastHour: 1, revenueToday: null });
    expect(errors).toEqual([expect.objectContaining({ path: ['locationMetrics', 'revenueToday'] })]);
  });
});

describe('the event log', () => {
  const EVENTS = `subscription ($after: String, $types: [String!]) { events(after: $after, types: $types) {
    events { id type position subject { type id } data } cursor caughtUp } }`;
  const told = ({ frames }: Watch): Found[] => frames.flatMap(({ data }) => data.events.events as Found[]);

  test('is watched in batches that begin at the end, in order, and go on from a cursor', async () => {
    const own = await registerOrganization(plaza.url, { spaces: 2 });
    const live = await watch(own.client, EVENTS);
    const greeting = await live.until(() => true);
    expect(greeting.data.events).toMatchObject({ events: [], caughtUp: true });
    await stay(own, 'BATCH');
    await live.until(() => told(live).some(({ type }) => type === 'ticket.closed'));
    const resumed = await watch(own.client, EVENTS, { after: greeting.data.events.cursor });
    await resumed.until(() => told(resumed).some(({ type }) => type === 'ticket.closed'));
    const { events } = await own.client.ask(
      `query ($after: String) { events(after: $after) { nodes { id type position subject { type id } data } } }`,
      { after: greeting.data.events.cursor },
    );
    const length = told(live).length;
    expect(events.nodes.slice(0, length)).toEqual(told(live));
    expect(told(resumed).slice(0, length)).toEqual(told(live));
    expect(told(live).map(({ position }) => position - told(live)[0]!.position)).toEqual([
      ...told(live).keys(),
    ]);
    expect(told(live).find(({ type }) => type === 'ticket.entered')?.data.plate).toBe('BATCH');
  });

  test('is told only as far as its reader may read the things themselves', async () => {
    const own = await registerOrganization(plaza.url, { spaces: 2 });
    const key = await keyOf(own, ['events:read', 'spaces:read']);
    const all = await watch(key, EVENTS);
    const some = await watch(key, EVENTS, { types: ['space.freed'] });
    const refused = await watch(key, EVENTS, { types: ['space.freed', 'ticket.entered'] });
    await Promise.all([all.until(() => true), some.until(() => true)]);
    await stay(own, 'SECRET');
    for (const watching of [all, some]) {
      await watching.until(() => told(watching).some(({ type }) => type === 'space.freed'));
    }
    expect(told(all).map(({ type }) => type)).toEqual(['space.occupied', 'space.freed']);
    expect(told(some).map(({ type }) => type)).toEqual(['space.freed']);
    expect(JSON.stringify([all.frames, some.frames])).not.toContain('SECRET');
    expect(refused.frames).toEqual([]);
    expect(JSON.stringify(refused.errors)).toContain('tickets:read');
  });
});

describe('webhooks', () => {
  const DELIVERED = `subscription ($endpointId: ID, $after: String) {
    webhookDelivered(endpointId: $endpointId, after: $after) {
      type delivery { eventType status attemptCount endpoint { id } } } }`;
  let server: Server;

  beforeAll(async () => {
    server = createServer((_request, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('are watched as their attempts end, those of one endpoint or all', async () => {
    const own = await registerOrganization(plaza.url, { spaces: 2 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const endpointId = async ({ client } = own) =>
      (
        await client.command(
          `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
            ... on WebhookEndpointCreated { endpoint { id } } } }`,
          { url, eventTypes: ['ticket.entered'] },
        )
      ).endpoint.id as string;
    const [one, other] = [await endpointId(), await endpointId()];
    const foreign = await endpointId(await registerOrganization(plaza.url, { spaces: 2 }));
    for (const endpointId of [foreign, newId(), 'nowhere']) {
      const refused = await (await watch(own.client, DELIVERED, { endpointId })).refused();
      expect(refused).toContain('The endpoint was not found.');
      expect(refused).toContain('"NOT_FOUND"');
    }
    const all = await watch(own.client, DELIVERED);
    const ofOne = await watch(own.client, DELIVERED, { endpointId: one });
    const endpointsOf = ({ frames }: Watch): string[] =>
      frames.map(({ data }) => data.webhookDelivered.delivery.endpoint.id as string);
    await ofOne.provoke(
      (turn) => stay(own, `HOOK${turn}`),
      () => true,
    );
    await all.provoke(
      (turn) => stay(own, `HOOK1${turn}`),
      () => endpointsOf(all).includes(other) && endpointsOf(all).includes(one),
    );
    expect(ofOne.frames[0]!.data.webhookDelivered).toEqual({
      type: 'webhook.delivered',
      delivery: {
        ...{ eventType: 'ticket.entered', status: 'DELIVERED', attemptCount: 1 },
        endpoint: { id: one },
      },
    });
    expect(new Set(endpointsOf(ofOne))).toEqual(new Set([one]));
    const after = ofOne.frames[0]!.extensions.cursor as string;
    const resumed = await watch(own.client, DELIVERED, { endpointId: one, after });
    await resumed.until(() => endpointsOf(resumed).length > 0);
    expect(new Set(endpointsOf(resumed))).toEqual(new Set([one]));
    for (const endpointId of [other, undefined]) {
      const refused = await watch(own.client, DELIVERED, { endpointId, after });
      expect(await refused.refused()).toContain('made for other events');
    }
  });
});
