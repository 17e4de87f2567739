import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@plaza/platform/server/logger';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { WebhookSender } from '../src/webhooks/webhook-sender.js';
import { WebhookWorker } from '../src/webhooks/webhook-worker.js';
import { systemClock } from '@plaza/platform/clock';
import { eventually, PartnersFixture, QUICK } from './partners-fixture.js';
import { Receiver } from './receiver.js';

const never = new AbortController().signal;
let receiver: Receiver;
const senders: WebhookSender[] = [];

beforeAll(async () => {
  receiver = await Receiver.listen();
});
afterAll(async () => {
  await Promise.all(senders.map((sender) => sender.close()));
  await receiver.close();
});

function sender(allowLoopback: boolean, timeoutMs = 2_000): WebhookSender {
  const made = new WebhookSender({ allowLoopback }, timeoutMs);
  senders.push(made);
  return made;
}
const port = () => new URL(receiver.url).port;

test.each([
  'localhost',
  '127.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '10.255.255.1',
  '169.254.169.254',
  '0.0.0.0',
])('in production nothing is sent to %s, and nobody is even connected to', async (host) => {
  const before = receiver.received.length;
  const answer = await sender(false).send(`http://${host}:${port()}/`, {}, '{}', never);
  expect(answer).toEqual({ responseStatus: null, failure: 'ADDRESS_NOT_ALLOWED', retryAfter: undefined });
  expect(receiver.received).toHaveLength(before);
});

test('in development a name that leads to loopback is reached, a private address is not', async () => {
  const local = await sender(true).send(`http://localhost:${port()}/`, {}, '{}', never);
  expect(local.responseStatus).toBe(204);
  const metadata = await sender(true).send('http://169.254.169.254/latest/meta-data', {}, '{}', never);
  expect(metadata.failure).toBe('ADDRESS_NOT_ALLOWED');
});

test('a body that never ends holds up nothing', async () => {
  receiver.next((response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'.repeat(4_096)), 5);
    response.on('close', () => clearInterval(drip));
  });
  const started = performance.now();
  const answer = await sender(true, 5_000).send(receiver.url, {}, '{}', never);
  expect(answer.responseStatus).toBe(200);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('a server that accepts and says nothing is a time-out', async () => {
  receiver.next(() => undefined);
  expect(await sender(true, 200).send(receiver.url, {}, '{}', never)).toMatchObject({ failure: 'TIMEOUT' });
});

test('a closed port and a server that speaks no HTTP are failed connections', async () => {
  const rude = createServer((socket) => socket.resume().end('no'));
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(rude.address() as AddressInfo).port}/`;
  expect(await sender(true).send(url, {}, '{}', never)).toMatchObject({ failure: 'CONNECTION_FAILED' });
  await new Promise((resolve) => rude.close(resolve));
  expect(await sender(true).send(url, {}, '{}', never)).toMatchObject({ failure: 'CONNECTION_FAILED' });
});

test('https to a server without TLS is no success', async () => {
  const answer = await sender(true).send(receiver.url.replace('http:', 'https:'), {}, '{}', never);
  expect(answer.responseStatus).toBeNull();
  expect(answer.failure).not.toBeNull();
});

test('Retry-After is honoured, and no secret, URL or body gets into the log', async () => {
  const fixture = await PartnersFixture.start();
  const lines: string[] = [];
  const logger = createLogger('partners', 'debug', {
    write: (line: string) => void lines.push(line),
  });
  const viewer = testViewer();
  const { id, signingSecret } = await fixture.endpoint(viewer, `${receiver.url}?token=do-not-log-me`);
  receiver.next((response) => response.writeHead(503, { 'retry-after': '120' }).end());
  const worker = new WebhookWorker({
    database: fixture.database,
    clock: systemClock,
    secrets: fixture.db.secrets,
    logger,
    settings: QUICK,
    sender: sender(true),
  });
  worker.start();
  await fixture.happens(viewer);
  const delivery = async () =>
    (
      await fixture.see<{ attempts: number; wait: string; failing: boolean }>(
        `select d.attempts, extract(epoch from next_attempt_at - now()) as wait, e.failing_since is not null as failing
      from partners.delivery d join partners.webhook_endpoint e on e.id = d.endpoint_id
      where d.endpoint_id = $1 and leased_until is null and d.attempts > 0`,
        [id],
      )
    )[0];
  await eventually('the first attempt has failed', async () => (await delivery()) !== undefined);
  expect(await delivery()).toMatchObject({ attempts: 1, failing: true });
  expect(Number((await delivery())!.wait)).toBeGreaterThan(100);
  await fixture.see(`update partners.webhook_secret set sealed = '\\x00'`);
  await fixture.happens(viewer);
  await eventually('an error is logged', () => lines.some((line) => line.includes('webhook attempt failed')));
  await worker.close();
  const log = lines.join('\n');
  expect(log).toContain('webhook attempted');
  for (const secret of [signingSecret, signingSecret.slice('whsec_'.length), 'do-not-log-me', '"code"']) {
    expect(log).not.toContain(secret);
  }
  await fixture.stop();
});
