import { sql } from '@plaza/platform/database/sql';
import { createHttpServer } from '@plaza/platform/server/http-server';
import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { serveNotices } from '../src/http/notices-route.js';
import type { Charge, PaymentProvider } from '../src/providers/provider.js';
import { SandboxBank } from '../src/providers/sandbox/sandbox-bank.js';
import { sandboxKey, SIGNATURE_HEADER, signNotice } from '../src/providers/sandbox/sandbox-signature.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recoverPayments } from '../src/use-cases/recover-payments.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let server: FastifyInstance;
beforeAll(async () => {
  on = await openPayments();
  server = createHttpServer(pino({ level: 'silent' }));
  serveNotices(server, on.as(null));
  await server.ready();
});
afterAll(async () => {
  await server.close();
  await on.close();
});

interface Told {
  id: string;
  kind: string;
  paymentId: string;
  tenantId: string;
}

const told = (paymentId: string, kind = 'CAPTURED'): Told => ({
  id: newId(),
  kind,
  paymentId,
  tenantId: on.viewer.tenantId,
});

async function post(
  body: string,
  signature = signNotice(sandboxKey(on.test.secrets), body),
  name = 'sandbox',
) {
  const answer = await server.inject({
    method: 'POST',
    url: `/providers/${name}/notices`,
    headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json<unknown>() };
}
const tell = (notice: Told) => post(JSON.stringify(notice));

const pay = (ticketId: string, token: string, providers?: PaymentProvider[]) =>
  payTicket(on.as(on.viewer, providers), { ticketId, method: 'CARD', tender: { token } });
const start = async (token: string) => {
  const ticketId = await on.enter(await on.openLocation());
  const outcome = (await pay(ticketId, token)) as { payment: { id: string } };
  return { ticketId, paymentId: outcome.payment.id };
};
/** What the sandbox's bank has planned for a payment, done but not told. */
async function happen(paymentId: string): Promise<Told[]> {
  const notices: Told[] = [];
  const bank = new SandboxBank(on.database, sandboxKey(on.test.secrets), ({ body }) => {
    notices.push(JSON.parse(body.toString()) as Told);
    return Promise.resolve();
  });
  await bank.act();
  return notices.filter((notice) => notice.paymentId === paymentId);
}
const stateOf = async (paymentId: string) => {
  const [payment] = await on.see<{ status: string }>('select status from payments.payment where id = $1', [
    paymentId,
  ]);
  const booked = await on.see('select 1 from payments.ledger_transaction where payment_id = $1', [paymentId]);
  const events = await on.see<{ type: string }>(
    'select type from events.event where subject_id = $1 order by seq',
    [paymentId],
  );
  return { status: payment?.status, booked: booked.length, events: events.map(({ type }) => type) };
};
const PAID = { status: 'SUCCEEDED', booked: 1, events: ['payment.succeeded'] };
const noticesOf = (paymentId: string) =>
  on.see<{ applied: boolean }>(
    `select applied_at is not null as applied from payments.provider_notice where payment_id = $1`,
    [paymentId],
  );

test('a payment that is decided later ends by its notice', async () => {
  const { ticketId, paymentId } = await start('tok_succeed_later');
  const [notice] = await happen(paymentId);
  expect(await tell(notice!)).toEqual({ status: 200, body: { received: true } });
  expect(await stateOf(paymentId)).toEqual(PAID);
  expect(await pay(ticketId, 'tok_approve')).toMatchObject({ __typename: 'NothingDue' });
});

test('a payment that is declined later ends by its notice too', async () => {
  const { ticketId, paymentId } = await start('tok_decline_later');
  const [notice] = await happen(paymentId);
  await tell(notice!);
  expect(await stateOf(paymentId)).toEqual({ status: 'DECLINED', booked: 0, events: ['payment.declined'] });
  expect(await pay(ticketId, 'tok_approve')).toMatchObject({ __typename: 'TicketPaid' });
});

test('a second step at the bank ends by its notice: what was approved is captured', async () => {
  const { paymentId } = await start('tok_second_step_at_bank');
  const [notice] = await happen(paymentId);
  expect(notice).toMatchObject({ kind: 'APPROVED' });
  await tell(notice!);
  expect(await stateOf(paymentId)).toEqual(PAID);
});

test('a notice that comes many times at once is kept once and applied once', async () => {
  const { paymentId } = await start('tok_succeed_later');
  const [notice] = await happen(paymentId);
  const answers = await Promise.all(Array.from({ length: 8 }, () => tell(notice!)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(await stateOf(paymentId)).toEqual(PAID);
  expect(await noticesOf(paymentId)).toEqual([{ applied: true }]);
});

test('different notices of one success at once book it once', async () => {
  const { paymentId } = await start('tok_succeed_later');
  await happen(paymentId);
  await Promise.all(Array.from({ length: 6 }, () => tell(told(paymentId))));
  expect(await stateOf(paymentId)).toEqual(PAID);
  expect(await noticesOf(paymentId)).toHaveLength(6);
});

test('a notice that comes before the mutation has its answer: both tell the same, and it is booked once', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const [sandbox] = on.as().providers;
  const slow = Object.assign(Object.create(sandbox!) as PaymentProvider, {
    capture: async (key: Parameters<PaymentProvider['capture']>[0]): Promise<Charge> => {
      const charge = await sandbox!.capture(key);
      // the money is taken, our request still waits for the answer
      await Promise.all([tell(told(key.paymentId)), tell(told(key.paymentId))]);
      return charge;
    },
  });
  const outcome = await pay(ticketId, 'tok_approve', [slow]);
  expect(outcome).toMatchObject({ __typename: 'TicketPaid', payment: { status: 'SUCCEEDED' } });
  expect(await stateOf((outcome as { payment: { id: string } }).payment.id)).toEqual(PAID);
});

test('a notice races the mutation: it is booked once', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const [sandbox] = on.as().providers;
  const notices: Promise<unknown>[] = [];
  const racing = Object.assign(Object.create(sandbox!) as PaymentProvider, {
    authorise: async (order: Parameters<PaymentProvider['authorise']>[0]): Promise<Charge> => {
      const charge = await sandbox!.authorise(order);
      notices.push(tell(told(order.paymentId, 'APPROVED')), tell(told(order.paymentId)));
      return charge;
    },
  });
  const outcome = await pay(ticketId, 'tok_approve', [racing]);
  await Promise.all(notices);
  expect(outcome).toMatchObject({ __typename: 'TicketPaid' });
  expect(await stateOf((outcome as { payment: { id: string } }).payment.id)).toEqual(PAID);
});

test('a notice that comes late, when all is over, changes nothing', async () => {
  const { ticketId, paymentId } = await start('tok_succeed_later');
  const [notice] = await happen(paymentId);
  expect(await recoverPayments(on.as(), 0)).toBeGreaterThan(0);
  expect(await stateOf(paymentId)).toEqual(PAID);
  await tell(notice!);
  await tell(told(paymentId, 'PROCESSING'));
  expect(await stateOf(paymentId)).toEqual(PAID);
  const [ticket] = await on.see('select status from tickets.ticket where id = $1', [ticketId]);
  expect(ticket).toEqual({ status: 'SETTLED' });
});

test('a notice that cannot be applied when it comes is kept and applied by the recovery', async () => {
  const { paymentId } = await start('tok_succeed_later');
  const [notice] = await happen(paymentId);
  const deaf = createHttpServer(pino({ level: 'silent' }));
  const [sandbox] = on.as().providers;
  const silent = Object.assign(Object.create(sandbox!) as PaymentProvider, {
    lookUp: () => Promise.reject(new Error('The line is dead.')),
  });
  serveNotices(deaf, on.as(null, [silent]));
  const body = JSON.stringify(notice);
  const signature = signNotice(sandboxKey(on.test.secrets), body);
  const answer = await deaf.inject({
    method: 'POST',
    url: '/providers/sandbox/notices',
    headers: { [SIGNATURE_HEADER]: signature },
    payload: body,
  });
  await deaf.close();
  expect(answer.statusCode).toBe(200);
  expect(await noticesOf(paymentId)).toEqual([{ applied: false }]);
  await Promise.all([recoverPayments(on.as(), 0), recoverPayments(on.as(), 0)]);
  expect(await noticesOf(paymentId)).toEqual([{ applied: true }]);
  expect(await stateOf(paymentId)).toEqual(PAID);
});

test('the sandbox tells its notices by itself, again after a death, each under one id', async () => {
  const { paymentId } = await start('tok_succeed_later');
  const seen: string[] = [];
  const dying = new SandboxBank(on.database, sandboxKey(on.test.secrets), ({ body }) => {
    seen.push((JSON.parse(body.toString()) as Told).id);
    return Promise.reject(new Error('Killed.'));
  });
  await expect(dying.act()).rejects.toThrow('Killed.');
  const again = await happen(paymentId);
  expect(seen).toContain(again[0]?.id);
  expect(await happen(paymentId)).toEqual([]);
});

test.each([
  ['a forged signature', '0'.repeat(64)],
  ['no signature', ''],
])('a notice with %s is refused and not kept', async (_what, signature) => {
  const { paymentId } = await start('tok_succeed_later');
  const answer = await post(JSON.stringify(told(paymentId)), signature);
  expect(answer).toMatchObject({
    status: 401,
    body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  });
  expect(await noticesOf(paymentId)).toEqual([]);
});

test('a notice that cannot be read, of cash or of nobody is refused', async () => {
  expect(await post('{"id": 1}')).toMatchObject({ status: 401 });
  expect(await post('{')).toMatchObject({ status: 401 });
  expect(await post('{}', '', 'cash')).toMatchObject({ status: 401 });
  expect(await post('{}', '', 'nobody')).toMatchObject({ status: 404 });
});

test('another tenant sees no notice, no dispute and no plan of the sandbox', async () => {
  const { paymentId } = await start('tok_dispute');
  for (const notice of await happen(paymentId)) await tell(notice);
  const seenBy = async (viewer: typeof on.viewer, table: string) =>
    (await on.database.read(viewer, (tx) => tx.rows(sql.raw(`select 1 from payments.${table}`)))).length;
  for (const table of ['provider_notice', 'dispute', 'sandbox_happening']) {
    expect(await seenBy(on.viewer, table)).toBeGreaterThan(0);
    expect([table, await seenBy(testViewer(), table)]).toEqual([table, 0]);
  }
  expect(await stateOf(paymentId)).toMatchObject({
    status: 'DISPUTED',
    events: ['payment.succeeded', 'payment.disputed'],
  });
});

test('a notice of a payment that is not known here is kept and done with', async () => {
  const paymentId = newId();
  expect(await tell(told(paymentId))).toMatchObject({ status: 200 });
  expect(await noticesOf(paymentId)).toEqual([{ applied: true }]);
});
