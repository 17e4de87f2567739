import { SetClock } from '@plaza/platform/clock';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { redeliver } from '../src/use-cases/redeliver.js';
import { rotateWebhookSecret } from '../src/use-cases/rotate-webhook-secret.js';
import { sendTestEvent } from '../src/use-cases/send-test-event.js';
import { updateWebhookEndpoint } from '../src/use-cases/update-webhook-endpoint.js';
import { eventually, PartnersFixture } from './partners-fixture.js';
import { Receiver, verify } from './receiver.js';

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

const delivery = async (endpointId: string) => {
  const [row] = await fixture.see<{ id: string; status: string; attempts: number; response_status: number }>(
    'select * from partners.delivery where endpoint_id = $1 order by id desc limit 1',
    [endpointId],
  );
  return row;
};
const statusOf = async (endpointId: string) =>
  (
    await fixture.see<{ status: string }>(
      'select status, disabled_reason from partners.webhook_endpoint where id = $1',
      [endpointId],
    )
  )[0];

test('an event arrives signed, with its id as the webhook-id and the documented envelope', async () => {
  const viewer = testViewer();
  const { signingSecret, id } = await fixture.endpoint(viewer, receiver.url);
  const subject = await fixture.happens(viewer, 'ticket.entered');
  await eventually('the webhook arrives', () => receiver.received.length === 1);
  const [webhook] = receiver.received;
  expect(verify(signingSecret, webhook!)).toMatchObject({
    type: 'ticket.entered',
    position: 1,
    data: { code: 'K7' },
  });
  expect(webhook!.headers['webhook-id']).toBe(webhook!.event.id);
  expect(webhook!.headers['content-type']).toBe('application/json');
  expect(webhook!.event.subject).toEqual({ type: 'Ticket', id: subject });
  await eventually('it is noted as delivered', async () => (await delivery(id))?.status === 'DELIVERED');
});

test('only the types that an endpoint chose arrive there, and only events of its own tenant', async () => {
  const viewer = testViewer();
  await fixture.endpoint(viewer, receiver.url, ['ticket.closed']);
  await fixture.happens(viewer, 'ticket.entered');
  await fixture.happens(testViewer(), 'ticket.closed');
  const closed = await fixture.happens(viewer, 'ticket.closed');
  await eventually('the webhook arrives', () => receiver.of(closed).length === 1);
  expect(receiver.received).toHaveLength(1);
});

test('a server that answers 500 twice gets it on the third try, the same bytes each time', async () => {
  const viewer = testViewer();
  const { signingSecret, id } = await fixture.endpoint(viewer, receiver.url);
  receiver.next(500, 500);
  await fixture.happens(viewer);
  await eventually('the third try succeeds', async () => (await delivery(id))?.status === 'DELIVERED');
  expect(receiver.received).toHaveLength(3);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  for (const webhook of receiver.received) expect(() => verify(signingSecret, webhook)).not.toThrow();
  const attempts = await fixture.see(
    'select number, a.response_status from partners.delivery_attempt a join partners.delivery d on d.id = a.delivery_id where endpoint_id = $1 order by number',
    [id],
  );
  expect(attempts).toEqual([
    { number: 1, response_status: 500 },
    { number: 2, response_status: 500 },
    { number: 3, response_status: 204 },
  ]);
});

test('when the schedule is used up the delivery has failed, and can be redelivered', async () => {
  const viewer = testViewer();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  receiver.otherwise = 503;
  await fixture.happens(viewer);
  await eventually('it is given up', async () => (await delivery(id))?.status === 'FAILED');
  expect(receiver.received).toHaveLength(4);
  receiver.otherwise = 200;
  const failed = await delivery(id);
  await expect(redeliver(fixture.on(viewer), { deliveryId: failed!.id })).resolves.toMatchObject({
    __typename: 'RedeliveryStarted',
    delivery: { redeliveryOf: failed!.id, eventType: 'ticket.entered' },
  });
  await eventually('it is redelivered', async () => (await delivery(id))?.status === 'DELIVERED');
  expect(receiver.received.at(-1)!.body).toBe(receiver.received[0]!.body);
});

test('a redirect is a failure and is not followed', async () => {
  const viewer = testViewer();
  const elsewhere = await Receiver.listen();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  receiver.next((response) => response.writeHead(307, { location: elsewhere.url }).end());
  await fixture.happens(viewer);
  await eventually('the second try succeeds', async () => (await delivery(id))?.status === 'DELIVERED');
  expect(elsewhere.received).toHaveLength(0);
  expect(receiver.received).toHaveLength(2);
  await elsewhere.close();
});

test('410 disables the endpoint; enabled again it goes on with what happens then', async () => {
  const viewer = testViewer();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  receiver.next(410);
  await fixture.happens(viewer);
  await eventually('it is disabled', async () => (await statusOf(id))?.status === 'DISABLED');
  expect(await statusOf(id)).toEqual({ status: 'DISABLED', disabled_reason: 'GONE' });
  const missed = await fixture.happens(viewer);
  await expect(sendTestEvent(fixture.on(viewer), { endpointId: id })).resolves.toMatchObject({
    __typename: 'WebhookEndpointDisabled',
  });
  await updateWebhookEndpoint(fixture.on(viewer), { endpointId: id, enabled: true });
  const heard = await fixture.happens(viewer);
  await eventually('the webhook arrives', () => receiver.of(heard).length === 1);
  expect(receiver.of(missed)).toHaveLength(0);
});

test('an answer that never comes is a time-out, and is tried again', async () => {
  const viewer = testViewer();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  receiver.next(() => undefined);
  await fixture.happens(viewer);
  await eventually('the second try succeeds', async () => (await delivery(id))?.status === 'DELIVERED');
  const attempts = await fixture.see(
    `select number, failure, a.response_status from partners.delivery_attempt a
      join partners.delivery d on d.id = a.delivery_id where endpoint_id = $1 order by number`,
    [id],
  );
  expect(attempts).toEqual([
    { number: 1, failure: 'TIMEOUT', response_status: null },
    { number: 2, failure: null, response_status: 204 },
  ]);
});

test('after days of nothing but failure the endpoint is disabled', async () => {
  const viewer = testViewer();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  receiver.otherwise = 500;
  await fixture.see(
    `update partners.webhook_endpoint set failing_since = now() - interval '6 days' where id = $1`,
    [id],
  );
  await fixture.happens(viewer);
  await eventually('it is disabled', async () => (await statusOf(id))?.status === 'DISABLED');
  expect(await statusOf(id)).toEqual({ status: 'DISABLED', disabled_reason: 'FAILING' });
});

test('a success ends the count of failing days', async () => {
  const viewer = testViewer();
  const { id } = await fixture.endpoint(viewer, receiver.url);
  await fixture.see(
    `update partners.webhook_endpoint set failing_since = now() - interval '6 days' where id = $1`,
    [id],
  );
  await fixture.happens(viewer);
  await eventually('it has worked', async () => {
    const [row] = await fixture.see<{ failing_since: Date | null }>(
      'select failing_since from partners.webhook_endpoint where id = $1',
      [id],
    );
    return row!.failing_since === null;
  });
  expect(await statusOf(id)).toMatchObject({ status: 'ENABLED' });
});

test('after a rotation the old and the new secret verify, and a day later only the new one', async () => {
  const viewer = testViewer();
  const { id, signingSecret } = await fixture.endpoint(viewer, receiver.url);
  const rotated = await rotateWebhookSecret(fixture.on(viewer), { endpointId: id });
  await fixture.happens(viewer);
  await eventually('the webhook arrives', () => receiver.received.length === 1);
  expect(() => verify(signingSecret, receiver.received[0]!)).not.toThrow();
  expect(() => verify(rotated.signingSecret, receiver.received[0]!)).not.toThrow();
  const yesterday = new SetClock(new Date(Date.now() - 25 * 3_600_000));
  const again = await rotateWebhookSecret(fixture.on(viewer, yesterday), { endpointId: id });
  await fixture.happens(viewer);
  await eventually('the webhook arrives', () => receiver.received.length === 2);
  expect(() => verify(rotated.signingSecret, receiver.received[1]!)).toThrow();
  expect(() => verify(again.signingSecret, receiver.received[1]!)).not.toThrow();
});

test('a test event goes to the one endpoint that it is for', async () => {
  const viewer = testViewer();
  const other = await Receiver.listen();
  const { id, signingSecret } = await fixture.endpoint(viewer, receiver.url);
  await fixture.endpoint(viewer, other.url);
  await sendTestEvent(fixture.on(viewer), { endpointId: id });
  await eventually('the test event arrives', () => receiver.received.length === 1);
  expect(verify(signingSecret, receiver.received[0]!)).toMatchObject({
    type: 'webhook.test',
    data: { endpointId: id },
  });
  const subject = await fixture.happens(viewer);
  await eventually('the next event arrives', () => other.of(subject).length === 1);
  expect(other.received).toHaveLength(1);
  await other.close();
});
