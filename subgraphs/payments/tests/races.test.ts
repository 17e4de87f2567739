import { setTimeout as sleep } from 'node:timers/promises';
import { isUniqueViolation } from '@plaza/platform/database/postgres-errors';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import type { PaymentMethod } from '../src/domain/payment.js';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { HOUR, openPayments, tenderOf, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const CARD = { method: 'CARD' as const, tender: { token: 'tok_approve' } };
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const times = <Result>(count: number, story: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => story(index)));
const chargesOf = (ticketId: string) =>
  on.see<{ status: string }>(
    `select c.status from payments.sandbox_charge c join payments.payment p on p.id = c.payment_id
     where p.ticket_id = $1`,
    [ticketId],
  );
const takenOf = async (ticketId: string) =>
  Number(
    (
      await on.see<{ taken: string }>(
        `select coalesce(sum(e.amount), 0) as taken from payments.entry e
         join payments.account a on a.id = e.account_id and a.kind like any (array['%CLEARING', 'CASH%'])
         join payments.ledger_transaction t on t.id = e.transaction_id
         join payments.payment p on p.id = t.payment_id where p.ticket_id = $1`,
        [ticketId],
      )
    )[0]?.taken,
  );

test.each<[PaymentMethod, PaymentMethod]>([
  ['CASH', 'CASH'],
  ['CARD', 'CARD'],
  ['CASH', 'CARD'],
])('%s and %s at once for one ticket: charged once', async (one, other) => {
  const locationId = await on.openLocation();
  for (let round = 0; round < 5; round += 1) {
    const ticketId = await on.enter(locationId);
    const outcomes = await times(6, (index) => {
      const method = index % 2 ? one : other;
      return payTicket(on.as(), { ticketId, method, tender: tenderOf(method) });
    });
    expect(outcomes.filter(({ __typename }) => __typename === 'TicketPaid')).toHaveLength(1);
    const others = new Set(outcomes.map(({ __typename }) => __typename));
    expect(
      [...others].sort().filter((name) => name !== 'PaymentInProgress' && name !== 'NothingDue'),
    ).toEqual(['TicketPaid']);
    expect(await takenOf(ticketId)).toBe(200);
    expect((await chargesOf(ticketId)).length).toBeLessThanOrEqual(1);
  }
});

test.each([{ method: 'CASH' as const }, CARD, { ...CARD, tender: { token: 'tok_decline_refused' } }])(
  'the same key ten times at once is one payment and ten equal outcomes: %j',
  async (means) => {
    const ticketId = await on.enter(await on.openLocation());
    const input = { ticketId, ...means, idempotencyKey: newId() };
    const outcomes = (await times(10, () => payTicket(on.as(), input))).map(plain);
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(await on.see('select 1 from payments.payment where ticket_id = $1', [ticketId])).toHaveLength(1);
    expect(plain(await payTicket(on.as(), input))).toEqual(outcomes[0]);
  },
);

test('a key that was used for another ticket is a conflict', async () => {
  const locationId = await on.openLocation();
  const [one, other] = [await on.enter(locationId), await on.enter(locationId)];
  const idempotencyKey = newId();
  await payTicket(on.as(), { ticketId: one, ...CARD, idempotencyKey });
  await expect(payTicket(on.as(), { ticketId: other, ...CARD, idempotencyKey })).rejects.toMatchObject({
    extensions: { code: 'CONFLICT' },
  });
});

test('the database itself allows one pending payment of a ticket', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const pending = () =>
    on.database.write(on.viewer, (tx) =>
      tx.run(sql`
        insert into payments.payment (ticket_id, location_id, method, status, currency_code, amount, tax, provider,
          quote, paid_at)
        values (${ticketId}, ${newId()}, 'CARD', 'PENDING', 'EUR', 100, 0, 'sandbox', '{}', now())`),
    );
  await pending();
  const error: unknown = await pending().catch((refusal: unknown) => refusal);
  expect(isUniqueViolation(error, 'payment_one_pending')).toBe(true);
});

test('while a card is being charged, nothing else is taken and the car stays', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const [sandbox] = on.as().providers;
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const slow = Object.assign(Object.create(sandbox!) as typeof sandbox & object, {
    authorise: async (...order: Parameters<NonNullable<typeof sandbox>['authorise']>) => {
      asked.resolve();
      await answer.promise;
      return sandbox!.authorise(...order);
    },
  });
  const paying = payTicket(on.as(on.viewer, [slow]), { ticketId, ...CARD });
  await asked.promise;
  expect(await payTicket(on.as(), { ticketId, method: 'CASH' })).toMatchObject({
    __typename: 'PaymentInProgress',
  });
  expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'PaymentRequired' });
  // at its entry the stay was free: even then the exit does not overtake the money
  const exitedAt = new Date(on.clock.now().getTime() - HOUR);
  expect(await recordExit(on.as(), { ticketId, exitedAt })).toMatchObject({
    __typename: 'PaymentRequired',
    message: expect.stringContaining('waiting for the provider'),
    quote: { due: 200 },
  });
  answer.resolve();
  expect(await paying).toMatchObject({ __typename: 'TicketPaid' });
  expect(await takenOf(ticketId)).toBe(200);
});

test('exits that race payments never let an unpaid car leave, and one exit wins', async () => {
  const locationId = await on.openLocation();
  for (let round = 0; round < 8; round += 1) {
    const ticketId = await on.enter(locationId);
    const exits = times(3, () => recordExit(on.as(), { ticketId }));
    const payment = payTicket(on.as(), round % 2 ? { ticketId, method: 'CASH' } : { ticketId, ...CARD });
    const outcomes = [...(await exits), await recordExit(on.as(), { ticketId })];
    expect(await payment).toMatchObject({ __typename: 'TicketPaid' });
    const exited = outcomes.filter(({ __typename }) => __typename === 'VehicleExited');
    expect(exited.length).toBeLessThanOrEqual(1);
    if (exited.length === 0) {
      expect(await recordExit(on.as(), { ticketId })).toMatchObject({ __typename: 'VehicleExited' });
    }
    expect(await takenOf(ticketId)).toBe(200);
  }
  const unpaid = await on.see(
    `select t.id from tickets.ticket t where t.status = 'CLOSED' and t.location_id = $1 and not exists (
       select from payments.payment p where p.ticket_id = t.id and p.status = 'SUCCEEDED')`,
    [locationId],
  );
  expect(unpaid).toEqual([]);
  expect(
    await on.see(`select 1 from spaces.claim where location_id = $1 and ends_at = 'infinity'`, [locationId]),
  ).toEqual([]);
});

test('a payment, an exit and a voiding at once never leave money on a void ticket', async () => {
  const locationId = await on.openLocation();
  for (let round = 0; round < 10; round += 1) {
    const ticketId = await on.enter(locationId);
    const exitedAt = new Date(on.clock.now().getTime() - HOUR);
    const [paid] = await Promise.all([
      payTicket(on.as(), { ticketId, ...CARD }),
      recordExit(on.as(), { ticketId, exitedAt }),
      sleep(round).then(() => on.mark(ticketId, 'VOID')),
    ]);
    const [ticket] = await on.see<{ status: string }>('select status from tickets.ticket where id = $1', [
      ticketId,
    ]);
    const isPaid = paid.__typename === 'TicketPaid';
    expect([ticket?.status, isPaid]).toEqual([
      // after a payment the exit may still come, but no voiding
      expect.stringMatching(isPaid ? '^(SETTLED|CLOSED)$' : '^(VOID|CLOSED)$'),
      isPaid,
    ]);
    expect(await takenOf(ticketId)).toBe(isPaid ? 200 : 0);
  }
  expect(
    await on.see(`select 1 from payments.payment where status = 'PENDING' and location_id = $1`, [
      locationId,
    ]),
  ).toEqual([]);
});

test.each([{ method: 'CASH' as const }, CARD])(
  'refunds at once never give back more than was paid: %j',
  async (means) => {
    const ticketId = await on.enter(await on.openLocation());
    const paid = await payTicket(on.as(), { ticketId, ...means });
    if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
    const paymentId = paid.payment.id;
    const outcomes = await times(8, () =>
      refundPayment(on.as(), { paymentId, amount: '0.75', reason: 'Too dear' }),
    );
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual([
      ...Array<string>(2).fill('PaymentRefunded'),
      ...Array<string>(6).fill('RefundExceedsPayment'),
    ]);
    expect(await takenOf(ticketId)).toBe(50);
    expect(await refundPayment(on.as(), { paymentId, reason: 'The rest' })).toMatchObject({
      __typename: 'PaymentRefunded',
      payment: { status: 'REFUNDED', refunded: 200 },
      refund: { amount: 50, status: 'SUCCEEDED' },
    });
    expect(await takenOf(ticketId)).toBe(0);
    const left = await on.see(
      `select a.kind like 'RE%' as earned, sum(e.amount)::int as sum from payments.entry e
       join payments.account a on a.id = e.account_id join payments.ledger_transaction t on t.id = e.transaction_id
       where t.payment_id = $1 group by 1 having sum(e.amount) <> 0`,
      [paymentId],
    );
    // what was earned and what was given back of it cancel each other out
    expect(left).toEqual([]);
  },
);

test('a refund repeated with its key is given once', async () => {
  const ticketId = await on.enter(await on.openLocation());
  const paid = await payTicket(on.as(), { ticketId, ...CARD });
  if (paid.__typename !== 'TicketPaid') throw new Error(paid.__typename);
  const input = { paymentId: paid.payment.id, amount: '0.50', reason: 'Twice', idempotencyKey: newId() };
  const outcomes = (await times(10, () => refundPayment(on.as(), input))).map(plain);
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  expect(outcomes[0]).toMatchObject({
    __typename: 'PaymentRefunded',
    payment: { status: 'PARTIALLY_REFUNDED' },
  });
  expect(await takenOf(ticketId)).toBe(150);
});
