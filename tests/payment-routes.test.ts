import { randomUUID } from 'node:crypto';
import {
  sandboxKey,
  SIGNATURE_HEADER,
  signNotice,
} from '@plaza/payments/providers/sandbox/sandbox-signature';
import { TEST_SECRETS } from '@plaza/platform/testing/test-cluster';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import pg from 'pg';
import type { PlazaClient } from './plaza/client.js';
import { ENTER, PAY, registerOrganization } from './plaza/organization.js';
import { type RunningPlaza, startPlaza } from './plaza/start-plaza.js';

// What payments has beside its graph, at the address that the world knows: receipts to print, and notices of providers.

const PUBLIC_URL = 'https://plaza.example.com';

let database: TestDatabase;
let plaza: RunningPlaza;
let client: PlazaClient;
let tenantId: string;
let paid: { paymentId: string; receiptId: string };

beforeAll(async () => {
  database = await createTestDatabase();
  plaza = await startPlaza(database, { PLAZA_PUBLIC_URL: PUBLIC_URL });
  const own = await registerOrganization(plaza.url);
  ({ client, id: tenantId } = own);
  const { ticket } = await client.command(ENTER, {
    locationId: own.locationId,
    plate: 'PAID 1',
    vehicleKind: 'CAR',
  });
  const pay = PAY.replace('receipt { number }', 'receipt { id }');
  const { payment, receipt } = await client.command(pay, {
    ticketId: ticket.id,
    method: 'CARD',
    tender: { token: 'tok_approve' },
  });
  paid = { paymentId: payment.id as string, receiptId: receipt.id as string };
}, 90_000);
afterAll(async () => {
  expect(await plaza.stop()).toBe(0);
  await database.drop();
});

test('a receipt is printed at the address that the graph tells', async () => {
  const { receipt } = await client.ask(
    `query ($id: ID!) { receipt(id: $id) { number pdf(language: ES) { url } } }`,
    { id: paid.receiptId },
  );
  const answer = await fetch(`${plaza.url}${receipt.pdf.url}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${receipt.number}.pdf"`);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 5)).toEqual(Buffer.from('%PDF-'));
});

test.each([
  ['/receipts/made-up', 404, 'There is no such receipt.'],
  ['/receipts/%00', 404, 'There is no such receipt.'],
  ['/receipts/%00%ff', 400, 'The address could not be read.'],
])('GET %s is answered with %d and a sentence', async (path, status, message) => {
  const answer = await fetch(`${plaza.url}${path}`);
  expect([answer.status, await answer.json()]).toMatchObject([status, { errors: [{ message }] }]);
});

const notice = (id: string) =>
  // spaces: what is signed are the bytes
  `{ "id": "${id}",  "kind": "CAPTURED", "paymentId": "${paid.paymentId}", "tenantId": "${tenantId}" }`;

const tell = (body: string, signature: string, provider = 'sandbox') =>
  fetch(`${plaza.url}/providers/${provider}/notices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
    body,
  });
const signed = (body: string) => signNotice(sandboxKey(TEST_SECRETS), body);

async function kept(id: string): Promise<unknown[]> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const { rows } = await admin.query(
    `select payment_id as "paymentId", applied_at is not null as applied from payments.provider_notice where notice_id = $1`,
    [id],
  );
  await admin.end();
  return rows;
}

test('a provider tells payments in a signed notice, and again', async () => {
  const id = randomUUID();
  for (let repetition = 0; repetition < 2; repetition += 1) {
    const answer = await tell(notice(id), signed(notice(id)));
    expect([answer.status, await answer.json()]).toEqual([200, { received: true }]);
  }
  expect(await kept(id)).toEqual([{ paymentId: paid.paymentId, applied: true }]);
});

test('a notice that is not genuine, or of no provider, is refused and not kept', async () => {
  const id = randomUUID();
  expect((await tell(notice(id), signed('another body'))).status).toBe(401);
  expect((await tell(notice(id), signed(notice(id)), 'nobody')).status).toBe(404);
  expect(await kept(id)).toEqual([]);
});
