import { newId } from '@plaza/platform/ids';
import { systemClock } from '@plaza/platform/clock';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { graphql } from 'graphql';
import { createPartnersSubgraph } from '../src/subgraph.js';
import { sendTestEvent } from '../src/use-cases/send-test-event.js';
import { eventually, PartnersFixture, silent } from './partners-fixture.js';
import { Receiver } from './receiver.js';

let fixture: PartnersFixture;
let receiver: Receiver;

beforeAll(async () => {
  fixture = await PartnersFixture.start();
  fixture.work();
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  receiver = await Receiver.listen();
});
afterEach(() => receiver.close());

interface Told {
  type: string;
  subject_id: string;
  location_id: string | null;
  data: Record<string, unknown>;
}
const toldOf = (tenantId: string) =>
  fixture.see<Told>(
    "select type, subject_id, location_id, data from events.event where tenant_id = $1 and type like 'webhook.%' order by seq",
    [tenantId],
  );
const attempts = (tenantId: string) =>
  fixture.see('select number from partners.delivery_attempt where tenant_id = $1', [tenantId]);

test('the end of every attempt is an event: what failed and when it is tried again, then that it arrived', async () => {
  const viewer = testViewer();
  const { id: endpointId } = await fixture.endpoint(viewer, receiver.url);
  receiver.next(503);
  await fixture.happens(viewer);
  await eventually('both attempts are told', async () => (await toldOf(viewer.tenantId)).length === 2);
  const [failed, delivered] = await toldOf(viewer.tenantId);
  const eventId = receiver.received[0]!.event.id;
  const common = { endpointId, eventId, eventType: 'ticket.entered', durationMs: expect.any(Number) };
  expect(failed).toMatchObject({ type: 'webhook.failed', location_id: null });
  expect(failed!.data).toEqual({
    ...common,
    deliveryId: failed!.subject_id,
    attempt: 1,
    responseStatus: 503,
    failure: null,
    nextAttemptAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(delivered).toMatchObject({ type: 'webhook.delivered', subject_id: failed!.subject_id });
  expect(delivered!.data).toEqual({
    ...common,
    deliveryId: failed!.subject_id,
    attempt: 2,
    responseStatus: 204,
  });
});

test('an attempt without an answer tells why, and the last one that it was the last', async () => {
  const viewer = testViewer();
  await fixture.endpoint(viewer, 'http://localhost:9/');
  await fixture.happens(viewer);
  await eventually('every attempt is told', async () => (await toldOf(viewer.tenantId)).length === 4);
  const last = (await toldOf(viewer.tenantId)).at(-1)!;
  expect(last).toMatchObject({
    type: 'webhook.failed',
    data: { attempt: 4, responseStatus: null, failure: 'CONNECTION_FAILED', nextAttemptAt: null },
  });
});

test('the events of webhooks are never sent by webhooks, not even to an endpoint that names them', async () => {
  const viewer = testViewer();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  await fixture.see('update partners.webhook_endpoint set event_types = event_types || $2 where id = $1', [
    id,
    ['webhook.delivered', 'webhook.failed'],
  ]);
  await fixture.happens(viewer);
  await eventually('the delivery is told', async () => (await toldOf(viewer.tenantId)).length === 1);
  await sendTestEvent(fixture.on(viewer), { endpointId: id });
  // webhook.delivered, webhook.test, webhook.delivered: the test event came behind the first of them in the log
  await eventually('the test event is delivered', async () => (await toldOf(viewer.tenantId)).length === 3);
  expect(receiver.received.map(({ event }) => event.type)).toEqual(['ticket.entered', 'webhook.test']);
  expect(await attempts(viewer.tenantId)).toHaveLength(2);
});

test('who sees one location hears of the endpoints that are told of that location alone', async () => {
  const [here, there] = [newId(), newId()];
  const viewer = testViewer();
  await fixture.endpoint({ ...viewer, locationIds: [here] }, receiver.url);
  await fixture.endpoint({ ...viewer, locationIds: [here, there] }, receiver.url);
  await fixture.happens(viewer, 'ticket.entered', here);
  await eventually('both deliveries are told', async () => (await toldOf(viewer.tenantId)).length === 2);
  const told = await toldOf(viewer.tenantId);
  expect(told.map(({ location_id }) => location_id).sort()).toEqual([here, null]);
});

const DELIVERED = `query ($events: [_Any!]!) { _entities(representations: $events) { ... on WebhookDelivered {
  eventId type occurredAt cursor delivery { id status attemptCount } } } }`;

test('webhookDelivered yields the delivery as it is now, and null for one of another tenant', async () => {
  const viewer = testViewer();
  const { database, db } = fixture;
  const subgraph = await createPartnersSubgraph({
    ...{ database, clock: systemClock, secrets: db.secrets, logger: silent },
  });
  await fixture.endpoint(viewer, receiver.url);
  await fixture.happens(viewer);
  await eventually('the delivery is told', async () => (await toldOf(viewer.tenantId)).length === 1);
  const [{ type, subject_id: subjectId }] = (await toldOf(viewer.tenantId)) as [Told];
  const envelope = { eventId: newId(), type, occurredAt: '2026-11-22T08:30:00.000Z', cursor: 'c' };
  const ask = async (as: typeof viewer) => {
    const result = await graphql({
      schema: subgraph.schema,
      source: DELIVERED,
      variableValues: { events: [{ __typename: 'WebhookDelivered', ...envelope, subjectId }] },
      contextValue: subgraph.context(as, newId()),
    });
    return JSON.parse(JSON.stringify(result));
  };
  expect((await ask(viewer)).data._entities).toEqual([
    { ...envelope, delivery: { id: subjectId, status: 'DELIVERED', attemptCount: 1 } },
  ]);
  expect((await ask(testViewer())).data._entities).toEqual([{ ...envelope, delivery: null }]);
});
