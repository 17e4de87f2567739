import fc from 'fast-check';
import {
  DEFAULT_REFUND_POLICY,
  mostOf,
  refusalOf,
  type AskedRefund,
  type RefundPolicy,
} from './refund-policy.js';

const PAID_AT = new Date('2026-05-01T10:00:00Z');
const days = (count: number) => new Date(PAID_AT.getTime() + count * 86_400_000);

const asked = (over: Partial<AskedRefund> = {}): AskedRefund => ({
  amount: 500,
  reason: 'Broken lift',
  at: days(1),
  roles: ['MANAGER'],
  payment: { amount: 1000, refunded: 0, paidAt: PAID_AT },
  ...over,
});

const policy = (over: Partial<RefundPolicy> = {}): RefundPolicy => ({ ...DEFAULT_REFUND_POLICY, ...over });

test('a window of days ends with its last millisecond', () => {
  const week = policy({ windowDays: 7 });
  expect(refusalOf(week, asked({ at: days(7) }))).toBeNull();
  expect(refusalOf(week, asked({ at: new Date(days(7).getTime() + 1) }))).toBe('WINDOW_OVER');
  expect(refusalOf(policy({ windowDays: null }), asked({ at: days(9999) }))).toBeNull();
});

test('the percentage counts all refunds of a payment together', () => {
  const half = policy({ mostPercent: 50 });
  expect(refusalOf(half, asked({ amount: 500 }))).toBeNull();
  expect(refusalOf(half, asked({ amount: 501 }))).toBe('PERCENT_EXCEEDED');
  const second = asked({ amount: 200, payment: { amount: 1000, refunded: 301, paidAt: PAID_AT } });
  expect(refusalOf(half, second)).toBe('PERCENT_EXCEEDED');
});

test.each([
  ['ANYBODY', [], null],
  ['MANAGERS', [], 'NOT_AUTHORIZED'],
  ['MANAGERS', ['MANAGER'], null],
  ['MANAGERS', ['OWNER'], null],
  ['OWNERS', ['MANAGER'], 'NOT_AUTHORIZED'],
  ['OWNERS', ['OPERATOR', 'OWNER'], null],
] as const)('where %s may give back, roles %j get %s', (who, roles, refusal) => {
  expect(refusalOf(policy({ who }), asked({ roles }))).toBe(refusal);
});

test('reasons that are named are the only ones', () => {
  const named = policy({ reasons: ['Broken lift', 'Double payment'] });
  expect(refusalOf(named, asked())).toBeNull();
  expect(refusalOf(named, asked({ reason: 'broken lift' }))).toBe('REASON_NOT_ACCEPTED');
});

test('what is allowed never adds up to more than the percentage', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 20 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 100 }), (wanted, mostPercent) => {
      let refunded = 0;
      for (const amount of wanted) {
        const payment = { amount: 1000, refunded, paidAt: PAID_AT };
        if (refusalOf(policy({ mostPercent }), asked({ amount, payment })) === null) refunded += amount;
      }
      expect(refunded).toBeLessThanOrEqual(mostOf(policy({ mostPercent }), 1000));
    }),
  );
});
