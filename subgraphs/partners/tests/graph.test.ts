import { jest } from '@jest/globals';
import { systemClock } from '@plaza/platform/clock';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { createPartnersSubgraph } from '../src/subgraph.js';
import { eventually, PartnersFixture, QUICK, silent } from './partners-fixture.js';
import { Receiver, verify } from './receiver.js';

let fixture: PartnersFixture;
let subgraph: Subgraph;
let receiver: Receiver;

beforeAll(async () => {
  fixture = await PartnersFixture.start();
  receiver = await Receiver.listen();
  subgraph = await createPartnersSubgraph(
    {
      database: fixture.database,
      clock: systemClock,
      secrets: fixture.db.secrets,
      logger: silent,
      databaseUrl: fixture.db.url('partners'),
    },
    // so long a poll that only the feed's notification can have been the reason
    { ...QUICK, pollMs: 60_000 },
  );
  await subgraph.start?.();
});
afterAll(async () => {
  await subgraph.close?.();
  await receiver.close();
  await fixture.stop();
});

async function ask(viewer: Viewer | null, source: string, variableValues: Record<string, unknown> = {}) {
  const contextValue = subgraph.context(viewer, newId());
  const result = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  return JSON.parse(JSON.stringify(result));
}

const CREATE_PARTNER = `mutation ($name: String!) {
  createPartner(input: { name: $name }) { __typename ... on PartnerCreated { partner { id name } } ... on Problem { message } } }`;
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename
  ... on ApiKeyCreated { secret apiKey { id displayPrefix scopes locationIds lastUsedAt partner { name } } }
  ... on ScopesNotGranted { message scopes } } }`;
const CREATE_ENDPOINT = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { __typename
  ... on WebhookEndpointCreated { signingSecret endpoint { id url status publicKeys partner { id } } }
  ... on UrlNotAllowed { message } } }`;

async function partner(viewer: Viewer, name: string): Promise<string> {
  return (await ask(viewer, CREATE_PARTNER, { name })).data.createPartner.partner.id;
}

test('from the partner to its webhook, as a client sees it', async () => {
  const viewer = testViewer();
  const partnerId = await partner(viewer, 'Harbour');
  const key = await ask(viewer, CREATE_KEY, { input: { partnerId, name: 'gate', scopes: ['events:read'] } });
  expect(key.data.createApiKey).toMatchObject({
    __typename: 'ApiKeyCreated',
    apiKey: { scopes: ['events:read'], locationIds: null, lastUsedAt: null, partner: { name: 'Harbour' } },
  });
  expect(key.data.createApiKey.secret.startsWith(key.data.createApiKey.apiKey.displayPrefix)).toBe(true);
  const input = { url: receiver.url, eventTypes: ['ticket.entered'], partnerId };
  const made = (await ask(viewer, CREATE_ENDPOINT, { input })).data.createWebhookEndpoint;
  expect(made.endpoint).toMatchObject({ url: receiver.url, status: 'ENABLED', partner: { id: partnerId } });
  expect(made.endpoint.publicKeys).toEqual([expect.stringMatching(/^whpk_/)]);
  await fixture.happens(viewer);
  await eventually('the webhook arrives', () => receiver.received.length === 1, 5_000);
  verify(made.signingSecret, receiver.received[0]!);
  const DELIVERIES = `query ($id: ID!) { webhookEndpoint(id: $id) { deliveries(first: 5) { totalCount nodes {
    id eventId eventType status attemptCount nextAttemptAt responseStatus attempts { number responseStatus failure }
    endpoint { id } } } } }`;
  const seen = async () =>
    (await ask(viewer, DELIVERIES, { id: made.endpoint.id })).data.webhookEndpoint.deliveries;
  await eventually('it is noted', async () => (await seen()).nodes[0]?.status === 'DELIVERED');
  expect(await seen()).toMatchObject({
    totalCount: 1,
    nodes: [
      {
        eventId: receiver.received[0]!.event.id,
        eventType: 'ticket.entered',
        attemptCount: 1,
        nextAttemptAt: null,
        responseStatus: 204,
        attempts: [{ number: 1, responseStatus: 204, failure: null }],
        endpoint: { id: made.endpoint.id },
      },
    ],
  });
});

test('a page of partners reads keys, endpoints and deliveries in one statement each', async () => {
  const viewer = testViewer();
  const count = async () => {
    const read = jest.spyOn(fixture.database, 'read');
    const answer = await ask(
      viewer,
      `{ partners(first: 50) { totalCount nodes { name apiKeys { id partner { id } }
        webhookEndpoints { id publicKeys deliveries(first: 2) { totalCount nodes { id attempts { number } } } } } } }`,
    );
    const reads = read.mock.calls.length;
    read.mockRestore();
    expect(answer.errors).toBeUndefined();
    return { reads, partners: answer.data.partners.totalCount };
  };
  const add = async (name: string) => {
    const partnerId = await partner(viewer, name);
    await ask(viewer, CREATE_KEY, { input: { partnerId, name: 'gate', scopes: ['events:read'] } });
    await ask(viewer, CREATE_ENDPOINT, {
      input: { url: receiver.url, eventTypes: ['ticket.voided'], partnerId },
    });
  };
  await add('One');
  const one = await count();
  for (const name of ['Two', 'Three', 'Four']) await add(name);
  const four = await count();
  expect([one.partners, four.partners]).toEqual([1, 4]);
  expect(four.reads).toBe(one.reads);
});

test('a URL that webhooks must not reach is a problem that says why', async () => {
  const input = { url: 'https://10.0.0.1/', eventTypes: ['ticket.entered'] };
  expect((await ask(testViewer(), CREATE_ENDPOINT, { input })).data.createWebhookEndpoint).toEqual({
    __typename: 'UrlNotAllowed',
    message: 'The URL must name a host on the public internet.',
  });
});

test('an unknown event type, and webhook.test, can not be subscribed to', async () => {
  for (const type of ['ticket.eaten', 'webhook.test']) {
    const input = { url: receiver.url, eventTypes: [type] };
    const { errors } = await ask(testViewer(), CREATE_ENDPOINT, { input });
    expect(errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'eventTypes' });
  }
});

test('an endpoint moves to another URL with other types, and what is left out stays', async () => {
  const viewer = testViewer();
  const input = { url: receiver.url, eventTypes: ['ticket.entered'], description: 'Gate' };
  const { endpoint } = (await ask(viewer, CREATE_ENDPOINT, { input })).data.createWebhookEndpoint;
  const change = { endpointId: endpoint.id, url: 'https://example.com/', eventTypes: ['ticket.closed'] };
  const UPDATE = `mutation ($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) {
    ... on WebhookEndpointUpdated { endpoint { url eventTypes description status } } } }`;
  expect((await ask(viewer, UPDATE, { input: change })).data.updateWebhookEndpoint.endpoint).toEqual({
    url: 'https://example.com/',
    eventTypes: ['ticket.closed'],
    description: 'Gate',
    status: 'ENABLED',
  });
});

const EVENTS = `query ($after: String, $types: [String!], $first: Int) { events(after: $after, types: $types, first: $first) {
  totalCount edges { cursor node { position type subject { id } data } } pageInfo { hasNextPage endCursor } } }`;

test('events are read page by page from a cursor, by type, and a cursor of another tenant or filter is worth nothing', async () => {
  const viewer = testViewer();
  const first = await fixture.happens(viewer, 'ticket.entered');
  await fixture.happens(viewer, 'ticket.settled');
  const third = await fixture.happens(viewer, 'ticket.entered');
  const page = (await ask(viewer, EVENTS, { first: 1, types: ['ticket.entered'] })).data.events;
  expect(page).toMatchObject({
    totalCount: 3,
    edges: [{ node: { position: 1, type: 'ticket.entered', subject: { id: first }, data: { code: 'K7' } } }],
    pageInfo: { hasNextPage: true },
  });
  const after = page.pageInfo.endCursor;
  const rest = (await ask(viewer, EVENTS, { after, types: ['ticket.entered'] })).data.events;
  expect(rest.edges.map((edge: { node: { subject: { id: string } } }) => edge.node.subject.id)).toEqual([
    third,
  ]);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  const end = (await ask(viewer, EVENTS, { after: rest.pageInfo.endCursor, types: ['ticket.entered'] })).data
    .events;
  expect(end).toMatchObject({
    edges: [],
    pageInfo: { hasNextPage: false, endCursor: rest.pageInfo.endCursor },
  });
  const { endCursor } = (await ask(viewer, EVENTS)).data.events.pageInfo;
  for (const [who, cursor] of [
    [testViewer(), 'nonsense'],
    [testViewer(), endCursor],
    [viewer, after],
  ] as const) {
    const { errors } = await ask(who, EVENTS, { after: cursor });
    expect(errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  }
  expect((await ask(testViewer(), EVENTS)).data.events.edges).toEqual([]);
});

test('a cursor from a log that was replaced by an older copy is told to be expired', async () => {
  const viewer = testViewer();
  await fixture.happens(viewer);
  const { endCursor } = (await ask(viewer, EVENTS)).data.events.pageInfo;
  await fixture.see('update events.history set epoch = epoch + 1');
  const { errors } = await ask(viewer, EVENTS, { after: endCursor });
  expect(errors[0].extensions).toMatchObject({ code: 'CURSOR_EXPIRED', oldestCursor: expect.any(String) });
  const { oldestCursor } = errors[0].extensions;
  expect((await ask(viewer, EVENTS, { after: oldestCursor })).data.events.edges).toHaveLength(1);
});

test('a viewer of some locations reads those locations’ events only', async () => {
  const viewer = testViewer();
  const mine = newId();
  await fixture.happens(viewer, 'ticket.entered', newId());
  await fixture.happens(viewer, 'ticket.entered', null);
  const here = await fixture.happens(viewer, 'ticket.entered', mine);
  const { edges } = (await ask({ ...viewer, locationIds: [mine] }, EVENTS)).data.events;
  expect(edges.map((edge: { node: { subject: { id: string } } }) => edge.node.subject.id)).toEqual([here]);
});

test('the catalogue of event types is complete and described', async () => {
  const { data } = await ask(testViewer(), '{ eventTypes { name version description schema example } }');
  expect(data.eventTypes.map(({ name }: { name: string }) => name)).toContain('ticket.entered');
  for (const type of data.eventTypes) expect(type).toMatchObject({ version: 1, schema: { type: 'object' } });
});

test.each([
  ['partners { nodes { id } }', 'partners:read'],
  ['partner(id: "x") { id }', 'partners:read'],
  ['webhookEndpoints { nodes { id } }', 'webhooks:read'],
  ['webhookEndpoint(id: "x") { id }', 'webhooks:read'],
  ['webhookDelivery(id: "x") { id }', 'webhooks:read'],
  ['events { nodes { id } }', 'events:read'],
])('%s needs %s', async (field, scope) => {
  const without = testViewer();
  without.scopes = without.scopes.filter((granted) => granted !== scope);
  expect((await ask(without, `{ ${field} }`)).errors[0].extensions).toMatchObject({
    code: 'FORBIDDEN',
    requiredScopes: [scope],
  });
  expect((await ask(null, `{ ${field} }`)).errors[0].extensions.code).toBe('UNAUTHENTICATED');
});

test('an id that nobody has, or another tenant’s, is null', async () => {
  const owner = testViewer();
  const id = await partner(owner, 'Hidden');
  const source =
    'query ($id: ID!) { partner(id: $id) { id } webhookEndpoint(id: $id) { id } webhookDelivery(id: $id) { id } }';
  for (const unknown of [id, newId(), 'x']) {
    expect((await ask(testViewer(), source, { id: unknown })).data).toEqual({
      partner: null,
      webhookEndpoint: null,
      webhookDelivery: null,
    });
  }
});
