import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newId } from '@plaza/platform/ids';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { finishPayment } from '../src/use-cases/finish-payment.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recoverPayments } from '../src/use-cases/recover-payments.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const CARD = { method: 'CARD' as const, tender: { token: 'tok_approve' } };
const paymentOf = async (ticketId: string) =>
  (
    await on.see<{ id: string; status: string }>(
      'select id, status from payments.payment where ticket_id = $1',
      [ticketId],
    )
  )[0];
const bookedOf = (ticketId: string) =>
  on.see(
    `select 1 from payments.ledger_transaction t join payments.payment p on p.id = t.payment_id
     where p.ticket_id = $1`,
    [ticketId],
  );

const givenBackFor = (ticketId: string) =>
  on.see(
    `select r.amount from payments.sandbox_refund r join payments.payment p on p.id = r.payment_id
     where p.ticket_id = $1`,
    [ticketId],
  );

/** Pays in a process of its own and kills that process where it has got to `place`. */
async function dieWhilePaying(
  ticketId: string,
  place: 'before the charge' | 'after the charge',
): Promise<void> {
  const script = fileURLToPath(new URL('pay-until-killed.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [
      '--import',
      '@swc-node/register/esm-register',
      script,
      on.test.url('payments'),
      JSON.stringify(on.viewer),
      ticketId,
      place,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(createInterface(child.stdout), 'line');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a process killed after the charge: the recovery finds the money and settles the ticket', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await dieWhilePaying(ticketId, 'after the charge');
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'PENDING' });
  expect(await bookedOf(ticketId)).toEqual([]);
  // several processes recover at once
  await Promise.all([recoverPayments(on.as(), 0), recoverPayments(on.as(), 0), recoverPayments(on.as(), 0)]);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'SUCCEEDED' });
  expect(await bookedOf(ticketId)).toHaveLength(1);
  expect(await on.see('select 1 from payments.receipt where ticket_id = $1', [ticketId])).toHaveLength(1);
  expect(
    await on.see(`select 1 from events.event where type = 'payment.succeeded' and data ->> 'ticketId' = $1`, [
      ticketId,
    ]),
  ).toHaveLength(1);
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({ __typename: 'NothingDue' });
});

test('a process killed before the charge: nothing was taken, the driver may pay again', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await dieWhilePaying(ticketId, 'before the charge');
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
    __typename: 'PaymentInProgress',
  });
  await recoverPayments(on.as(), 0);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'CANCELLED' });
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({ __typename: 'TicketPaid' });
});

test('an authorisation that arrives after the recovery gave the payment up takes nothing', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await dieWhilePaying(ticketId, 'before the charge');
  await recoverPayments(on.as(), 0);
  const { id: paymentId } = (await paymentOf(ticketId))!;
  const [sandbox] = on.as().providers;
  const key = { paymentId, tenantId: on.viewer.tenantId };
  const late = await sandbox!.authorise({ ...key, amount: 200, currencyCode: 'EUR', token: 'tok_approve' });
  expect(late).toEqual({ status: 'CANCELLED', reason: 'CANCELLED' });
  expect(await sandbox!.capture(key)).toEqual(late);
  expect(
    await finishPayment(on.as(), on.viewer, { ...key, ticketId, provider: 'sandbox' }, late),
  ).toMatchObject({
    __typename: 'PaymentDeclined',
    reason: 'CANCELLED',
  });
});

test('a provider that does not answer has not declined: the payment is found later', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const timedOut = await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_timeout' } });
  expect(timedOut).toMatchObject({ __typename: 'PaymentInProgress', payment: { status: 'PENDING' } });
  expect(await recoverPayments(on.as(), 30)).toBe(0);
  expect(await recoverPayments(on.as(), 0)).toBe(1);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'SUCCEEDED' });
});

test('a payment that ends on a ticket voided meanwhile is given back and not booked', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_timeout' } });
  await on.mark(ticketId, 'VOID');
  await Promise.all([recoverPayments(on.as(), 0), recoverPayments(on.as(), 0)]);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'CANCELLED' });
  expect(await bookedOf(ticketId)).toEqual([]);
  expect(await givenBackFor(ticketId)).toEqual([{ amount: '200' }]);
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
    __typename: 'TicketNotPayable',
  });
});

test.each(['before', 'after'])(
  'a line that dies %s the money was given back leaves the payment unfinished, and it is given back once',
  async (when) => {
    const ticketId = await on.enter(await on.openLocation());
    const [sandbox] = on.as().providers;
    const dying = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
      capture: async (key: Parameters<NonNullable<typeof sandbox>['capture']>[0]) => {
        await on.mark(ticketId, 'VOID');
        return sandbox!.capture(key);
      },
      refund: async (order: Parameters<NonNullable<typeof sandbox>['refund']>[0]) => {
        if (when === 'after') await sandbox!.refund(order);
        throw new Error('The line is dead.');
      },
    });
    const input = { ticketId, ...CARD, idempotencyKey: newId() };
    expect(await payTicket(on.as(on.viewer, [dying]), input)).toMatchObject({
      __typename: 'PaymentInProgress',
      payment: { status: 'AUTHORIZED' },
    });
    expect(await recoverPayments(on.as(), 0)).toBe(1);
    expect(await paymentOf(ticketId)).toMatchObject({ status: 'CANCELLED' });
    expect(await givenBackFor(ticketId)).toEqual([{ amount: '200' }]);
    expect(await payTicket(on.as(), input)).toMatchObject({ __typename: 'TicketNotPayable' });
  },
);

test('money that the provider will not give back stays PENDING for the next attempt', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_timeout' } });
  await on.mark(ticketId, 'VOID');
  const [sandbox] = on.as().providers;
  const refusing = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
    refund: () => Promise.resolve(false),
  });
  expect(await recoverPayments(on.as(on.viewer, [refusing]), 0)).toBe(0);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'PENDING' });
  expect(await recoverPayments(on.as(), 0)).toBe(1);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'CANCELLED' });
});

test('a key that was answered PaymentInProgress is told the end once there is one', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const first = {
    ticketId,
    method: 'CARD' as const,
    tender: { token: 'tok_timeout' },
    idempotencyKey: newId(),
  };
  const inputs = [
    first,
    { ticketId, ...CARD, idempotencyKey: newId() },
    { ticketId, method: 'CASH' as const, idempotencyKey: newId() },
  ];
  for (const input of inputs) {
    expect(await payTicket(on.as(), input)).toMatchObject({ __typename: 'PaymentInProgress' });
  }
  await recoverPayments(on.as(), 0);
  const ends = await Promise.all(inputs.map((input) => payTicket(on.as(), input)));
  expect(ends.map(({ __typename }) => __typename)).toEqual(['TicketPaid', 'NothingDue', 'NothingDue']);
});

test('a refund that got no answer is given once by the recovery', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, ...CARD });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const [sandbox] = on.as().providers;
  const mute = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
    refund: async (order: Parameters<NonNullable<typeof sandbox>['refund']>[0]) => {
      await sandbox!.refund(order);
      throw new Error('The line is dead.');
    },
  });
  const refund = await refundPayment(on.as(on.viewer, [mute]), {
    paymentId: paid.payment.id,
    reason: 'Wrong car',
  });
  expect(refund).toMatchObject({ __typename: 'PaymentRefunded', refund: { status: 'PENDING' } });
  await Promise.all([recoverPayments(on.as(), 0), recoverPayments(on.as(), 0)]);
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'REFUNDED' });
  expect(await bookedOf(ticketId)).toHaveLength(2);
});

test('a refund that the provider refuses leaves the money refundable', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, ...CARD });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const [sandbox] = on.as().providers;
  const refusing = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
    refund: () => Promise.resolve(false),
  });
  const input = { paymentId: paid.payment.id, reason: 'Wrong car' };
  expect(await refundPayment(on.as(on.viewer, [refusing]), input)).toMatchObject({
    __typename: 'RefundDeclined',
    payment: { refunded: 0, status: 'SUCCEEDED' },
    refund: { status: 'FAILED' },
  });
  expect(await refundPayment(on.as(), input)).toMatchObject({ __typename: 'PaymentRefunded' });
});

test('what is abandoned is finished in the background, and stopping waits for it', async () => {
  const ticketId = await on.enter(await on.openLocation());
  await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_timeout' } });
  await on.see(`update payments.payment set created_at = now() - interval '31 s' where ticket_id = $1`, [
    ticketId,
  ]);
  const subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
  await subgraph.start?.();
  await subgraph.close?.();
  expect(await paymentOf(ticketId)).toMatchObject({ status: 'SUCCEEDED' });
});
