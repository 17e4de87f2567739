import { systemClock } from '@plaza/platform/clock';
import { EVENT_TYPES, type EventTypeName } from '@plaza/platform/events/catalogue';
import { newId } from '@plaza/platform/ids';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Scope, Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import { createPartnersSubgraph } from '../src/subgraph.js';
import { createWebhookEndpoint } from '../src/use-cases/create-webhook-endpoint.js';
import { updateWebhookEndpoint } from '../src/use-cases/update-webhook-endpoint.js';
import { PartnersFixture, silent } from './partners-fixture.js';

let fixture: PartnersFixture;
let subgraph: Subgraph;

beforeAll(async () => {
  fixture = await PartnersFixture.start();
  const { database, db } = fixture;
  subgraph = await createPartnersSubgraph({
    database,
    clock: systemClock,
    secrets: db.secrets,
    logger: silent,
  });
});
afterAll(() => fixture.stop());

async function ask(viewer: Viewer | null, source: string, variableValues: Record<string, unknown> = {}) {
  const contextValue = subgraph.context(viewer, newId());
  const result = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  return JSON.parse(JSON.stringify(result));
}

const may = (viewer: Viewer, ...scopes: Scope[]): Viewer => ({ ...viewer, scopes });
const needs = (...requiredScopes: Scope[]) =>
  expect.objectContaining({
    code: 'FORBIDDEN',
    extensions: expect.objectContaining({ requiredScopes }),
  });

const EVENTS = `query ($types: [String!]) { events(types: $types) {
  nodes { type data } pageInfo { hasNextPage } } }`;

test('a reader of the log is told of what it may read itself, and of nothing else', async () => {
  const owner = testViewer();
  const told: EventTypeName[] = ['ticket.entered', 'space.occupied', 'payment.succeeded', 'api_key.created'];
  for (const type of told) await fixture.happens(owner, type);
  const types = async (viewer: Viewer) =>
    (await ask(viewer, EVENTS)).data.events.nodes.map(({ type }: { type: string }) => type);
  expect(await types(owner)).toEqual(told);
  expect(await types(may(owner, 'events:read', 'spaces:read', 'payments:read'))).toEqual([
    'space.occupied',
    'payment.succeeded',
  ]);
  expect(await types(may(owner, 'events:read'))).toEqual([]);
});

test('who asks the log for a type without its scope is refused and told the scope', async () => {
  const viewer = may(testViewer(), 'events:read', 'spaces:read');
  const { errors } = await ask(viewer, EVENTS, { types: ['space.freed', 'ticket.entered'] });
  expect(errors[0]).toMatchObject({
    message: 'Events of the type ticket.entered need the scope tickets:read.',
    extensions: { code: 'FORBIDDEN', requiredScopes: ['tickets:read'] },
  });
});

const BATCH = `query ($batch: [_Any!]!) { _entities(representations: $batch) { ... on EventBatch {
  cursor caughtUp events { id type version position occurredAt recordedAt locationId subject { type id } data } } } }`;

const eventOf = (type: string) => ({
  id: newId(),
  type,
  version: 1,
  position: 7,
  subjectType: 'Ticket',
  subjectId: newId(),
  locationId: null,
  occurredAt: '2026-11-22T08:30:00.000Z',
  recordedAt: '2026-11-22T08:30:00.005Z',
  actor: null,
  correlationId: null,
  causationId: null,
  data: { code: 'K7Q29-XWM4T' },
});

test('a batch is told as the gateway hands it over, less what the viewer may not read', async () => {
  const [ticket, space] = [eventOf('ticket.entered'), eventOf('space.occupied')];
  const batch = [{ __typename: 'EventBatch', cursor: 'c', caughtUp: true, events: [ticket, space] }];
  const whole = (await ask(testViewer(), BATCH, { batch })).data._entities[0];
  const { id, type, version, position, occurredAt, recordedAt, locationId, data } = ticket;
  expect(whole).toMatchObject({ cursor: 'c', caughtUp: true });
  expect(whole.events[0]).toEqual({
    ...{ id, type, version, position, occurredAt, recordedAt, locationId, data },
    subject: { type: 'Ticket', id: ticket.subjectId },
  });
  const some = await ask(may(testViewer(), 'events:read', 'spaces:read'), BATCH, { batch });
  expect(some.data._entities[0].events).toEqual([expect.objectContaining({ id: space.id })]);
  expect((await ask(may(testViewer(), 'spaces:read'), BATCH, { batch })).errors[0].extensions).toMatchObject({
    code: 'FORBIDDEN',
    requiredScopes: ['events:read'],
  });
});

test('an endpoint is made only for types that its maker may read', async () => {
  const viewer = may(testViewer(), 'webhooks:write', 'spaces:read');
  const make = (eventTypes: string[]) =>
    createWebhookEndpoint(fixture.on(viewer), { url: 'https://example.com/', eventTypes });
  await expect(make(['space.freed', 'ticket.entered'])).rejects.toEqual(needs('tickets:read'));
  expect(await make(['space.freed'])).toMatchObject({ __typename: 'WebhookEndpointCreated' });
});

test('an endpoint is given types, or moved, only by who may read what it is told from then on', async () => {
  const owner = testViewer();
  const { id: endpointId } = await fixture.endpoint(owner, 'https://example.com/', ['ticket.entered']);
  const change = (viewer: Viewer, changes: object) =>
    updateWebhookEndpoint(fixture.on(viewer), { endpointId, ...changes });
  const other = may(owner, 'webhooks:write', 'spaces:read');
  await expect(change(other, { eventTypes: ['payment.succeeded'] })).rejects.toEqual(needs('payments:read'));
  await expect(change(other, { url: 'https://example.org/' })).rejects.toEqual(needs('tickets:read'));
  for (const harmless of [
    { enabled: false },
    { url: 'https://example.com/' },
    { eventTypes: ['space.freed'] },
  ]) {
    expect(await change(other, harmless)).toMatchObject({ __typename: 'WebhookEndpointUpdated' });
  }
});

test('eventTypes tells the scope that each type needs', async () => {
  const { data } = await ask(testViewer(), '{ eventTypes { name readableWith } }');
  expect(data.eventTypes).toEqual(EVENT_TYPES.map(({ name, readableWith }) => ({ name, readableWith })));
});
