import 'reflect-metadata';
import { sql } from '@plaza/platform/database/sql';
import type { PaymentProvider } from '../src/providers/provider.js';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { addMerchant } from '../src/use-cases/add-merchant.js';
import { followDispute } from '../src/use-cases/follow-dispute.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { validateTicket } from '../src/use-cases/validate-ticket.js';
import { type Answer, askGraph } from './ask-graph.js';
import { NOW, openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let ask: (source: string, variables: Record<string, unknown>) => Promise<Answer>;
beforeAll(async () => {
  on = await openPayments();
  const subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
  ask = (source, variables) => askGraph(subgraph, on.viewer, source, variables);
});
afterAll(() => on.close());
beforeEach(() => on.clock.set(NOW));

/** A stay, of one hour unless told, which is two euros and paid. */
async function paidStay({
  method = 'CASH',
  hours = 1,
  lost = false,
}: { method?: 'CASH' | 'CARD'; hours?: number; lost?: boolean } = {}) {
  const ticketId = await on.enter(await on.openLocation(), hours);
  if (lost) await on.mark(ticketId, 'LOST');
  return { ticketId, paymentId: await pay(ticketId, method) };
}
async function pay(ticketId: string, method: 'CASH' | 'CARD' = 'CASH', amount: string | null = null) {
  const tender = { token: method === 'CARD' ? 'tok_approve' : null };
  const paid = await payTicket(on.as(), { ticketId, method, tender, amount });
  if (paid.__typename !== 'TicketPaid' && paid.__typename !== 'TicketPartlyPaid') {
    throw new Error(paid.__typename);
  }
  return paid.payment.id;
}
const refund = (paymentId: string, amount: string | null = null, owedAgain = true) =>
  refundPayment(on.as(), { paymentId, amount, reason: 'Paid by the wrong card', owedAgain });
const leave = async (ticketId: string) => (await recordExit(on.as(), { ticketId })).__typename;
const statusOf = async (ticketId: string) =>
  (await on.see<{ status: string }>('select status from tickets.ticket where id = $1', [ticketId]))[0]
    ?.status;
async function due(ticketId: string): Promise<string> {
  const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Ticket { quote { due { amount } } } } }`;
  const { _entities } = await ask(source, { of: [{ __typename: 'Ticket', id: ticketId }] });
  return (_entities as Answer[])[0]!.quote.due.amount as string;
}

test('what is given back and owed again must be paid before the vehicle leaves; the ticket is open meanwhile', async () => {
  const { ticketId, paymentId } = await paidStay();
  const { refundPayment: given } = await ask(
    `mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { ... on PaymentRefunded {
      refund { owedAgain status } } } }`,
    { input: { paymentId, reason: 'Wants to pay by card', owedAgain: true } },
  );
  expect(given).toEqual({ refund: { owedAgain: true, status: 'SUCCEEDED' } });
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['OPEN', '2.00']);
  expect(await leave(ticketId)).toBe('PaymentRequired');
  await pay(ticketId, 'CARD');
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['SETTLED', '0.00']);
  expect(await leave(ticketId)).toBe('VehicleExited');
  const told = await on.see<{ type: string }>(
    `select type from events.event where subject_id = $1 order by seq`,
    [ticketId],
  );
  expect(told.map(({ type }) => type)).toEqual([
    'ticket.entered',
    'ticket.settled',
    'ticket.reopened',
    'ticket.settled',
    'ticket.closed',
  ]);
});

test('unless it is told so, what is given back is let off', async () => {
  const { ticketId, paymentId } = await paidStay();
  expect(await refund(paymentId, null, false)).toMatchObject({ refund: { owedAgain: false } });
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['SETTLED', '0.00']);
  expect(await leave(ticketId)).toBe('VehicleExited');
});

test('a part is let off and another is owed again', async () => {
  const { ticketId, paymentId } = await paidStay();
  await refund(paymentId, '0.50', false);
  expect(await statusOf(ticketId)).toBe('SETTLED');
  await refund(paymentId, '0.75');
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['OPEN', '0.75']);
  await pay(ticketId);
  expect(await leave(ticketId)).toBe('VehicleExited');
});

test('what was paid too much is owed by nobody, and its ticket stays settled', async () => {
  const { ticketId, paymentId } = await paidStay();
  const [{ locationId } = { locationId: '' }] = await on.see<{ locationId: string }>(
    'select location_id as "locationId" from tickets.ticket where id = $1',
    [ticketId],
  );
  const added = await addMerchant(on.as(), { locationId, name: 'Cine', borneBy: 'OPERATOR' });
  if (added.__typename !== 'MerchantAdded') throw new Error(added.message);
  await validateTicket(on.as(), { ticketId, merchantId: added.merchant.id, discount: { amount: '1.25' } });
  await refund(paymentId, '1.25');
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['SETTLED', '0.00']);
  await refund(paymentId, '0.50');
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['OPEN', '0.50']);
});

test('a payment that is owed again gives no time to leave', async () => {
  const { ticketId, paymentId } = await paidStay({ hours: 0.95 });
  on.clock.advance(10 * 60_000);
  await refund(paymentId);
  // an hour and seven minutes: within the grace of the payment it would still be one hour
  expect(await due(ticketId)).toBe('4.00');
});

test('a lost ticket is lost again', async () => {
  const { ticketId, paymentId } = await paidStay({ lost: true });
  expect(await statusOf(ticketId)).toBe('SETTLED');
  await refund(paymentId);
  expect(await statusOf(ticketId)).toBe('LOST');
});

test.each([true, false])(
  'while a provider is asked the ticket is open; what came of it (given: %s) decides whether it stays so',
  async (given) => {
    const { ticketId, paymentId } = await paidStay({ method: 'CARD' });
    const [sandbox] = on.as().providers;
    let meanwhile: unknown[] = [];
    const asking = Object.assign(Object.create(sandbox!) as PaymentProvider, {
      refund: async () => {
        meanwhile = [await statusOf(ticketId), await due(ticketId), await leave(ticketId)];
        return given;
      },
    });
    const outcome = await refundPayment(on.as(on.viewer, [asking]), {
      paymentId,
      reason: 'X',
      owedAgain: true,
    });
    expect(outcome.__typename).toBe(given ? 'PaymentRefunded' : 'RefundDeclined');
    expect(meanwhile).toEqual(['OPEN', '2.00', 'PaymentRequired']);
    expect([await statusOf(ticketId), await due(ticketId)]).toEqual(
      given ? ['OPEN', '2.00'] : ['SETTLED', '0.00'],
    );
  },
);

test('once the vehicle has left nothing is owed again: the refund is refused, and without it is given', async () => {
  const { ticketId, paymentId } = await paidStay();
  await leave(ticketId);
  expect(await refund(paymentId)).toMatchObject({ __typename: 'TicketNotOpen', ticket: { id: ticketId } });
  expect(await refund(paymentId, null, false)).toMatchObject({ __typename: 'PaymentRefunded' });
});

test('a refund and an exit at the same moment: either nothing is owed again or nobody leaves', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { ticketId, paymentId } = await paidStay();
    const [given, left] = await Promise.all([refund(paymentId), leave(ticketId)]);
    expect([
      ['PaymentRefunded', 'PaymentRequired'],
      ['TicketNotOpen', 'VehicleExited'],
    ]).toContainEqual([given.__typename, left]);
  }
});

test('a lost dispute is owed again by who is still inside, and by nobody who has left', async () => {
  const follow = (
    { ticketId, paymentId }: { ticketId: string; paymentId: string },
    status: 'OPEN' | 'LOST',
  ) =>
    followDispute(
      on.as(),
      { tenantId: on.viewer.tenantId },
      { paymentId, ticketId, tenantId: on.viewer.tenantId, provider: 'sandbox' },
      { reference: 'dispute_1', status, reason: 'Not mine' },
    );
  const [inside, gone] = [await paidStay({ method: 'CARD' }), await paidStay({ method: 'CARD' })];
  await leave(gone.ticketId);
  for (const status of ['OPEN', 'LOST'] as const) {
    await follow(inside, status);
    await follow(gone, status);
  }
  expect([await statusOf(inside.ticketId), await due(inside.ticketId)]).toEqual(['OPEN', '2.00']);
  expect([await statusOf(gone.ticketId), await due(gone.ticketId)]).toEqual(['CLOSED', '0.00']);
  expect(await leave(inside.ticketId)).toBe('PaymentRequired');
  await pay(inside.ticketId);
  expect(await leave(inside.ticketId)).toBe('VehicleExited');
});

test('a ticket of which all is owed again can be voided', async () => {
  const { ticketId, paymentId } = await paidStay();
  await refund(paymentId);
  await on.mark(ticketId, 'VOID');
  expect([await statusOf(ticketId), await due(ticketId)]).toEqual(['VOID', '0.00']);
});

test('whether a refund is owed again is never changed', async () => {
  const { paymentId } = await paidStay();
  await refund(paymentId);
  const change = on.database.write(on.viewer, (tx) =>
    tx.run(sql`update payments.refund set owed_again = false where payment_id = ${paymentId}`),
  );
  await expect(change).rejects.toThrow('permission denied');
});
