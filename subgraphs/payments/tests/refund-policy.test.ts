import { newId } from '@plaza/platform/ids';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { payTicket } from '../src/use-cases/pay-ticket.js';
import { recordExit } from '../src/use-cases/record-exit.js';
import { refundPayment } from '../src/use-cases/refund-payment.js';
import { setRefundPolicy, type SetRefundPolicyInput } from '../src/use-cases/set-refund-policy.js';
import { showRefundPolicy } from '../src/use-cases/show-refund-policy.js';
import { HOUR, HOURLY, openPayments, tenderOf, type Payments } from './payments-fixture.js';

let on: Payments;
beforeAll(async () => (on = await openPayments()));
afterAll(() => on.close());

const ANY: SetRefundPolicyInput = { windowDays: null, mostPercent: 100, reasons: [], who: 'ANYBODY' };
const set = (over: Partial<SetRefundPolicyInput>, viewer = on.viewer) =>
  setRefundPolicy(on.as(viewer), { ...ANY, ...over });

async function paid(method: 'CASH' | 'CARD' = 'CASH') {
  const locationId = await on.openLocation();
  const ticketId = await on.enter(locationId);
  const outcome = await payTicket(on.as(), { ticketId, method, tender: tenderOf(method) });
  if (outcome.__typename !== 'TicketPaid') throw new Error(outcome.__typename);
  return { locationId, paymentId: outcome.payment.id };
}
const refund = (paymentId: string, amount: string | null = null, viewer = on.viewer) =>
  refundPayment(on.as(viewer), { paymentId, amount, reason: 'Broken lift' });

test('a location’s own policy goes before the organization’s, and the newest counts', async () => {
  const viewer = testViewer();
  const [one, other] = [await on.openLocation(viewer), await on.openLocation(viewer)];
  const inForce = async (locationId: string | null) =>
    (await showRefundPolicy(on.as(viewer), locationId)).mostPercent;
  expect(await showRefundPolicy(on.as(viewer), one)).toMatchObject({ windowDays: 90, mostPercent: 100 });
  await set({ locationId: one, mostPercent: 30 }, viewer);
  await set({ mostPercent: 50 }, viewer);
  expect([await inForce(one), await inForce(other), await inForce(null)]).toEqual([30, 50, 50]);
  await set({ locationId: one, mostPercent: 40 }, viewer);
  expect(await inForce(one)).toBe(40);
  expect((await showRefundPolicy(on.as(), null)).mostPercent).toBe(100);
});

test('what the policy does not allow is refused with the policy, and nothing is given back', async () => {
  const { locationId, paymentId } = await paid('CARD');
  await set({ locationId, mostPercent: 50 });
  expect(await refund(paymentId, '1.01')).toMatchObject({
    __typename: 'RefundNotAllowed',
    reason: 'PERCENT_EXCEEDED',
    policy: { mostPercent: 50, locationId },
    payment: { refunded: 0 },
  });
  expect(await on.see('select 1 from payments.refund where payment_id = $1', [paymentId])).toEqual([]);
  expect(await refund(paymentId, '1.00')).toMatchObject({ __typename: 'PaymentRefunded' });
  await set({ locationId, who: 'OWNERS' });
  const manager = testViewer({ tenantId: on.viewer.tenantId, roles: ['MANAGER'] });
  expect(await refund(paymentId, null, manager)).toMatchObject({ reason: 'NOT_AUTHORIZED' });
  await set({ locationId, windowDays: 0 });
  on.clock.advance(HOUR);
  expect(await refund(paymentId)).toMatchObject({ reason: 'WINDOW_OVER' });
  on.clock.advance(-HOUR);
  await set({ locationId, reasons: ['Double payment'] });
  expect(await refund(paymentId)).toMatchObject({ reason: 'REASON_NOT_ACCEPTED' });
});

test.each(['', '  ', '\n\t', 'x'.repeat(501)])('%j is no reason to give money back', async (reason) => {
  const { paymentId } = await paid();
  await expect(refundPayment(on.as(), { paymentId, reason })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'reason' },
  });
});

test('cash is given back in the coins that there are, unless it is all that is left', async () => {
  const coins = {
    ...HOURLY,
    bands: [{ steps: [{ minutes: 60, price: '2.03' }] }],
    rounding: { cashUnit: 5 },
  };
  const payIn = async (method: 'CASH' | 'CARD') => {
    const ticketId = await on.enter(await on.openLocation(on.viewer, coins));
    const outcome = await payTicket(on.as(), { ticketId, method, tender: tenderOf(method) });
    if (outcome.__typename !== 'TicketPaid') throw new Error(outcome.__typename);
    return outcome.payment.id;
  };
  const paymentId = await payIn('CASH');
  await expect(refund(paymentId, '0.03')).rejects.toMatchObject({
    message: 'There are no smaller coins than 0.05 EUR.',
    extensions: { code: 'BAD_USER_INPUT', field: 'amount' },
  });
  expect(await refund(paymentId, '0.05')).toMatchObject({ refund: { amount: 5, rounding: 0 } });
  expect(await refund(paymentId, '1.98')).toMatchObject({ refund: { amount: 198, rounding: 2 } });
  expect(await refund(await payIn('CARD'), '0.03')).toMatchObject({ refund: { amount: 3 } });
});

test('refunds at once do not get round the percentage', async () => {
  const { locationId, paymentId } = await paid('CARD');
  await set({ locationId, mostPercent: 50 });
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => refund(paymentId, '0.40')));
  expect(outcomes.filter(({ __typename }) => __typename === 'PaymentRefunded')).toHaveLength(2);
  const [{ refunded } = { refunded: '' }] = await on.see<{ refunded: string }>(
    'select refunded from payments.payment where id = $1',
    [paymentId],
  );
  expect(refunded).toBe('80');
});

test('a policy is set by who may change the organization, at locations that are theirs, within bounds', async () => {
  const manager = testViewer({ tenantId: on.viewer.tenantId, scopes: ['payments:refund', 'payments:read'] });
  await expect(set({}, manager)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  const elsewhere = { ...on.viewer, locationIds: [newId()] };
  await expect(set({}, elsewhere)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  const locationId = await on.openLocation();
  for (const viewer of [elsewhere, testViewer()]) {
    await expect(set({ locationId }, viewer)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    await expect(showRefundPolicy(on.as(viewer), locationId)).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  }
  for (const [field, over] of [
    ['mostPercent', { mostPercent: 101 }],
    ['windowDays', { windowDays: -1 }],
    ['reasons.1', { reasons: ['Fine', ''] }],
    ['reasons.0', { reasons: [' \n\t'] }],
    ['reasons', { reasons: Array<string>(51).fill('Fine') }],
  ] as const) {
    await expect(
      set({ ...over, reasons: [...(('reasons' in over && over.reasons) || [])] }),
    ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field } });
  }
});

test('a policy that was set is never changed, only followed by another', async () => {
  await set({});
  for (const text of [
    'update payments.refund_policy set most_percent = 1',
    'delete from payments.refund_policy',
  ]) {
    await expect(on.see(text)).rejects.toThrow('is never changed');
  }
});

test('what was paid too much is given back whatever the policy says, and no more than that', async () => {
  const locationId = await on.openLocation();
  await set({ locationId, mostPercent: 0, who: 'OWNERS' });
  const ticketId = await on.enter(locationId, 4);
  const outcome = await payTicket(on.as(), { ticketId, method: 'CASH' });
  if (outcome.__typename !== 'TicketPaid') throw new Error(outcome.__typename);
  // the exit is reported late: the car left after three hours
  const exitedAt = new Date(on.clock.now().getTime() - HOUR);
  expect(await recordExit(on.as(), { ticketId, exitedAt })).toMatchObject({ __typename: 'VehicleExited' });
  const manager = testViewer({ tenantId: on.viewer.tenantId, roles: ['MANAGER'] });
  expect(await refund(outcome.payment.id, '2.01', manager)).toMatchObject({ __typename: 'RefundNotAllowed' });
  expect(await refund(outcome.payment.id, '2.00', manager)).toMatchObject({ __typename: 'PaymentRefunded' });
  expect(await refund(outcome.payment.id, '0.01', manager)).toMatchObject({ __typename: 'RefundNotAllowed' });
});
