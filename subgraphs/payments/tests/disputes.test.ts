import { payTicket } from '../src/use-cases/pay-ticket.js';
import { followDispute } from '../src/use-cases/follow-dispute.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

async function paid() {
  const ticketId = await on.enter(await on.openLocation());
  const outcome = await payTicket(on.as(), { ticketId, method: 'CARD', tender: { token: 'tok_approve' } });
  if (outcome.__typename !== 'TicketPaid') throw new Error(outcome.__typename);
  const paymentId = outcome.payment.id;
  const key = { paymentId, ticketId, tenantId: on.viewer.tenantId, provider: 'sandbox' };
  return {
    paymentId,
    follow: (status: 'OPEN' | 'WON' | 'LOST', reference = 'dispute_1') =>
      followDispute(on.as(), { tenantId: on.viewer.tenantId }, key, {
        reference,
        status,
        reason: 'Not mine',
      }),
  };
}
const statusOf = async (paymentId: string) =>
  (await on.see<{ status: string }>('select status from payments.payment where id = $1', [paymentId]))[0]
    ?.status;
const disputesOf = async (paymentId: string) =>
  (
    await on.see<{ status: string }>(
      'select status from payments.dispute where payment_id = $1 order by id',
      [paymentId],
    )
  ).map(({ status }) => status);
const eventsOf = async (paymentId: string) =>
  (
    await on.see<{ type: string }>('select type from events.event where subject_id = $1 order by seq', [
      paymentId,
    ])
  ).map(({ type }) => type);
const keptOf = async (paymentId: string) =>
  Number(
    (
      await on.see<{ kept: string }>(
        `select sum(e.amount) as kept from payments.entry e
         join payments.account a on a.id = e.account_id and a.kind = 'CARD_CLEARING'
         join payments.ledger_transaction t on t.id = e.transaction_id where t.payment_id = $1`,
        [paymentId],
      )
    )[0]?.kept,
  );

test('a dispute that is won leaves the money; one that is lost takes it, ledger and all', async () => {
  const won = await paid();
  await won.follow('OPEN');
  expect(await statusOf(won.paymentId)).toBe('DISPUTED');
  await won.follow('WON');
  expect(await statusOf(won.paymentId)).toBe('SUCCEEDED');
  expect(await keptOf(won.paymentId)).toBe(200);
  expect(await eventsOf(won.paymentId)).toEqual([
    'payment.succeeded',
    'payment.disputed',
    'payment.dispute_closed',
  ]);

  const lost = await paid();
  await lost.follow('OPEN');
  await lost.follow('LOST');
  expect(await statusOf(lost.paymentId)).toBe('REFUNDED');
  expect(await keptOf(lost.paymentId)).toBe(0);
  expect(await eventsOf(lost.paymentId)).toEqual([
    'payment.succeeded',
    'payment.disputed',
    'payment.dispute_closed',
    'payment.refunded',
  ]);
});

test('the end that is told first is an end, and the opening that comes later opens nothing', async () => {
  const { paymentId, follow } = await paid();
  await follow('WON');
  expect(await statusOf(paymentId)).toBe('SUCCEEDED');
  await follow('OPEN');
  await follow('LOST');
  expect(await statusOf(paymentId)).toBe('SUCCEEDED');
  expect(await disputesOf(paymentId)).toEqual(['WON']);
});

test('the same news many times at once are one dispute and one loss', async () => {
  const { paymentId, follow } = await paid();
  await Promise.all([follow('OPEN'), follow('LOST'), follow('OPEN'), follow('LOST'), follow('LOST')]);
  expect(await statusOf(paymentId)).toBe('REFUNDED');
  expect(await disputesOf(paymentId)).toEqual(['LOST']);
  expect(await keptOf(paymentId)).toBe(0);
  expect(await on.see('select amount from payments.refund where payment_id = $1', [paymentId])).toEqual([
    { amount: '200' },
  ]);
});

test('a lost dispute takes what refunds have left, and a won one shows them again', async () => {
  const lost = await paid();
  await refundPayment(on.as(), { paymentId: lost.paymentId, amount: '0.50', reason: 'Broken lift' });
  await lost.follow('LOST');
  expect(await statusOf(lost.paymentId)).toBe('REFUNDED');
  expect(await keptOf(lost.paymentId)).toBe(0);
  const won = await paid();
  await refundPayment(on.as(), { paymentId: won.paymentId, amount: '0.50', reason: 'Broken lift' });
  await won.follow('OPEN');
  await won.follow('WON');
  expect(await statusOf(won.paymentId)).toBe('PARTIALLY_REFUNDED');
  await won.follow('OPEN', 'dispute_2');
  expect(await statusOf(won.paymentId)).toBe('DISPUTED');
  expect(await disputesOf(won.paymentId)).toEqual(['WON', 'OPEN']);
});

test('a refund that was on its way when the dispute opened ends without ending the dispute', async () => {
  const { paymentId, follow } = await paid();
  const [sandbox] = on.as().providers;
  const disputed = Object.assign(Object.create(sandbox!) as NonNullable<typeof sandbox>, {
    refund: async (order: Parameters<NonNullable<typeof sandbox>['refund']>[0]) => {
      const given = await sandbox!.refund(order);
      await follow('OPEN');
      return given;
    },
  });
  const refund = { paymentId, amount: '0.50', reason: 'Broken lift' };
  expect(await refundPayment(on.as(on.viewer, [disputed]), refund)).toMatchObject({
    __typename: 'PaymentRefunded',
    payment: { status: 'DISPUTED', refunded: 50 },
  });
  await follow('WON');
  expect(await statusOf(paymentId)).toBe('PARTIALLY_REFUNDED');
});

test('a dispute is closed once, whoever writes', async () => {
  const { paymentId, follow } = await paid();
  await follow('WON');
  for (const change of [`status = 'LOST'`, `reason = 'Other'`]) {
    await expect(
      on.see(`update payments.dispute set ${change} where payment_id = $1`, [paymentId]),
    ).rejects.toThrow('A dispute is closed once');
  }
  await expect(on.see('delete from payments.dispute where payment_id = $1', [paymentId])).rejects.toThrow(
    'is never changed',
  );
});
