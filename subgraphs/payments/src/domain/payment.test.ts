import fc from 'fast-check';
import { refundable, taxOfRefund, type RefundablePayment } from './payment.js';

const payment = (over: Partial<RefundablePayment> = {}): RefundablePayment => ({
  status: 'SUCCEEDED',
  amount: 1210,
  tax: 210,
  refunded: 0,
  ...over,
});

test('all that was paid and not given back can be given back', () => {
  expect(refundable(payment({ refunded: 1000 }))).toBe(210);
});

test.each(['PENDING', 'DECLINED', 'CANCELLED'] as const)(
  'nothing of a %s payment can be given back',
  (status) => {
    expect(refundable(payment({ status }))).toBe(0);
  },
);

test('refunds give back the tax of the payment, to the cent, however they are cut', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: 1000 }), (amounts, taxPart) => {
      const amount = amounts.reduce((sum, one) => sum + one, 0);
      const tax = Math.min(taxPart, amount);
      let refunded = 0;
      let givenBack = 0;
      for (const one of amounts) {
        givenBack += taxOfRefund(payment({ amount, tax, refunded }), one);
        refunded += one;
      }
      expect(givenBack).toBe(tax);
    }),
  );
});
