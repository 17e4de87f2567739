import 'reflect-metadata';
import type { Subgraph } from '@plaza/platform/subgraph';
import { createHttpServer } from '@plaza/platform/server/http-server';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { ReceiptLinks } from '../src/documents/receipt-links.js';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { type Answer, askGraph } from './ask-graph.js';
import { HOURLY, NOW, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
let server: FastifyInstance;
let receiptId: string;
beforeAll(async () => {
  on = await openPayments();
  await on.see(
    `insert into identity.organization (id, name, created_at) values ($1, 'Aparcamientos Łódź', now())`,
    [on.viewer.tenantId],
  );
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
  server = createHttpServer(pino({ level: 'silent' }));
  subgraph.routes?.(server);
  receiptId = await paidReceipt(await on.openLocation());
});
afterAll(async () => {
  await server.close();
  await on.close();
});
beforeEach(() => on.clock.set(NOW));

/** Pays four and a half hours in cash: ten euros. */
async function paidReceipt(locationId: string): Promise<string> {
  const ticketId = await on.enter(locationId, 4.5);
  const paid = await payTicket(on.as(), { ticketId, method: 'CASH' });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const [row] = await on.see<{ id: string }>('select id from payments.receipt where payment_id = $1', [
    paid.payment.id,
  ]);
  return row!.id;
}

const RECEIPT = `query ($id: ID!) { receipt(id: $id) { id number organizationName locationName method
  lines { explanation amount { amount } } total { amount } amount { amount currencyCode } tax { amount }
  taxes { percent amount { amount } net { amount } tax { amount } } pdf(language: ES) { url expiresAt } } }`;

const receipt = async (id: string, viewer: Viewer = on.viewer): Promise<Answer> =>
  (await askGraph(subgraph, viewer, RECEIPT, { id })).receipt as Answer;

const get = (url: string) => server.inject({ method: 'GET', url });

test('a receipt tells what was paid, by whom it was issued and how it is taxed', async () => {
  expect(await receipt(receiptId)).toEqual({
    id: receiptId,
    number: '2026-000001',
    organizationName: 'Aparcamientos Łódź',
    locationName: 'Puerta',
    method: 'CASH',
    lines: [{ explanation: expect.stringContaining('5 started'), amount: { amount: '10.00' } }],
    total: { amount: '10.00' },
    amount: { amount: '10.00', currencyCode: 'EUR' },
    tax: { amount: '1.74' },
    taxes: [{ percent: '21', amount: { amount: '10.00' }, net: { amount: '8.26' }, tax: { amount: '1.74' } }],
    pdf: { url: expect.stringMatching(/^\/receipts\/[\w-]+$/), expiresAt: '2026-05-04T08:15:00.000Z' },
  });
});

test('a receipt keeps the names that its issuer had', async () => {
  const id = await paidReceipt(await on.openLocation());
  await on.see(`update spaces.location set name = 'Puerta Nueva'`);
  await on.see(`update identity.organization set name = 'Otra'`);
  expect(await receipt(id)).toMatchObject({ organizationName: 'Aparcamientos Łódź', locationName: 'Puerta' });
});

test('its link opens a PDF of one page with its fonts in it', async () => {
  const { pdf } = await receipt(receiptId);
  const answer = await get(pdf.url);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="2026-000001.pdf"',
    'cache-control': 'private, no-store',
  });
  const text = answer.rawPayload.toString('latin1');
  expect(text).toMatch(/^%PDF-1\.\d/);
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(text).toContain('/FontFile2');
  expect(text).toContain(
    '2026-000001'
      .split('')
      .map((digit) => digit)
      .join(''),
  );
});

test('a link works for a quarter of an hour, and not after that', async () => {
  const { pdf } = await receipt(receiptId);
  on.clock.set('2026-05-04T08:14:59.999Z');
  expect((await get(pdf.url)).statusCode).toBe(200);
  on.clock.set('2026-05-04T08:15:00.000Z');
  expect((await get(pdf.url)).statusCode).toBe(410);
});

test('the address that is printed on a receipt has no end, and is there when Plaza knows its own', () => {
  const linked = { tenantId: on.viewer.tenantId, receiptId, language: 'ES' } as const;
  const links = (publicUrl: string | null) => new ReceiptLinks(on.test.secrets, on.clock, publicUrl);
  expect(links(null).addressOn(linked)).toBeNull();
  const address = links('https://plaza.example.com/parking').addressOn(linked)!;
  const [, token = ''] = /^https:\/\/plaza\.example\.com\/parking\/receipts\/([\w-]+)$/.exec(address) ?? [];
  on.clock.set('2126-05-04T08:00:00.000Z');
  expect(links(null).open(token)).toEqual(linked);
});

test('no link can be made up or changed', async () => {
  const { pdf } = await receipt(receiptId);
  for (const [index, letter] of [...pdf.url.slice('/receipts/'.length)].entries()) {
    const at = '/receipts/'.length + index;
    const other = letter === 'A' ? 'E' : 'A';
    const changed = `${pdf.url.slice(0, at)}${other}${pdf.url.slice(at + 1)}`;
    expect([index, (await get(changed)).statusCode]).toEqual([index, 404]);
  }
  // the last letter has bits that carry nothing: they must be as they were too
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    const changed = pdf.url.slice(0, -1) + letter;
    expect([letter, (await get(changed)).statusCode]).toEqual([letter, changed === pdf.url ? 200 : 404]);
  }
  for (const tail of ['=', '%20', '%00', '.', 'A']) expect((await get(pdf.url + tail)).statusCode).toBe(404);
  expect((await get('/receipts/')).statusCode).toBe(404);
  expect((await get(`/receipts/${receiptId}`)).statusCode).toBe(404);
});

test('another organization, or who may not see the location, finds no such receipt', async () => {
  expect(await receipt(receiptId, testViewer())).toBeNull();
  expect(await receipt(receiptId, { ...on.viewer, locationIds: [on.viewer.tenantId] })).toBeNull();
  expect(await receipt('nonsense')).toBeNull();
  const gate = { ...on.viewer, scopes: on.viewer.scopes.filter((scope) => scope !== 'payments:read') };
  await expect(receipt(receiptId, gate)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
});

test('tax that comes on top of the prices is part of what was paid at its rate', async () => {
  const tariff = { ...HOURLY, tax: { percent: '10', included: false } };
  expect((await receipt(await paidReceipt(await on.openLocation(on.viewer, tariff)))).taxes).toEqual([
    { percent: '10', amount: { amount: '11.00' }, net: { amount: '10.00' }, tax: { amount: '1.00' } },
  ]);
});
