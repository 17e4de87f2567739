import {
  linesOfDifference,
  linesOfMerchantPayment,
  linesOfPayment,
  linesOfRefund,
  linesOfTransfer,
  linesOfValidation,
} from './ledger.js';
import type { PaymentMethod } from './payment.js';

const SHARES = [
  { percent: 21, amount: 500, tax: 87 },
  { percent: 10, amount: 275, tax: 25 },
];

test.each([
  ['CASH', 'CASH_DRAWER'],
  ['CARD', 'CARD_CLEARING'],
  ['DIGITAL', 'DIGITAL_CLEARING'],
] satisfies [PaymentMethod, string][])(
  '%s is owed by %s, earned and taxed at each rate',
  (method, account) => {
    expect(linesOfPayment(method, SHARES)).toEqual([
      { account, amount: 775 },
      { account: 'REVENUE', taxPercent: 21, amount: -413 },
      { account: 'TAX', taxPercent: 21, amount: -87 },
      { account: 'REVENUE', taxPercent: 10, amount: -250 },
      { account: 'TAX', taxPercent: 10, amount: -25 },
    ]);
  },
);

test('a refund leaves what was earned as it was, and takes back the tax', () => {
  expect(linesOfRefund('CASH', [{ percent: 21, amount: 500, tax: 87 }])).toEqual([
    { account: 'CASH_DRAWER', amount: -500 },
    { account: 'REFUNDS', taxPercent: 21, amount: 413 },
    { account: 'TAX', taxPercent: 21, amount: 87 },
  ]);
});

test('a merchant owes what it validated, tax included', () => {
  expect(linesOfValidation([{ percent: 21, amount: 200, tax: 35 }])).toEqual([
    { account: 'RECEIVABLE', amount: 200 },
    { account: 'VALIDATIONS', taxPercent: 21, amount: -165 },
    { account: 'TAX', taxPercent: 21, amount: -35 },
  ]);
});

test('a drawer that is short is credited', () => {
  expect(linesOfDifference(-150)).toEqual([
    { account: 'CASH_DRAWER', amount: -150 },
    { account: 'CASH_DIFFERENCE', amount: 150 },
  ]);
  expect(linesOfDifference(0)).toEqual([]);
});

test('every transaction adds up to zero', () => {
  for (const lines of [
    linesOfPayment('CARD', SHARES),
    linesOfRefund('DIGITAL', SHARES),
    linesOfValidation(SHARES),
    linesOfDifference(3),
  ]) {
    expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  }
});

test('what a merchant pays is in the drawer or at the bank, and owed no longer', () => {
  expect(linesOfMerchantPayment('CASH', 300)).toEqual([
    { account: 'CASH_DRAWER', amount: 300 },
    { account: 'RECEIVABLE', amount: -300 },
  ]);
  expect(linesOfMerchantPayment('BANK_TRANSFER', 300)[0]).toEqual({ account: 'BANK', amount: 300 });
});

test('a float comes from the safe and goes back to it; nothing is no line', () => {
  expect(linesOfTransfer(500)).toEqual([
    { account: 'CASH_DRAWER', amount: 500 },
    { account: 'SAFE', amount: -500 },
  ]);
  expect(linesOfTransfer(0)).toEqual([]);
});
