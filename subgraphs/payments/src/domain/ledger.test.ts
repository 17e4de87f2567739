import { linesOfPayment, linesOfRefund } from './ledger.js';

const sum = (lines: { amount: number }[]) => lines.reduce((total, line) => total + line.amount, 0);

test('a payment debits the drawer and credits revenue and tax', () => {
  expect(linesOfPayment('CASH', 1210, 210)).toEqual([
    { account: 'CASH_DRAWER', amount: 1210 },
    { account: 'REVENUE', amount: -1000 },
    { account: 'TAX', amount: -210 },
  ]);
});

test('lines of nothing are left out', () => {
  expect(linesOfPayment('CARD', 500, 0).map((line) => line.account)).toEqual(['CARD_CLEARING', 'REVENUE']);
  expect(linesOfPayment('DIGITAL', 5, 5).map((line) => line.account)).toEqual(['DIGITAL_CLEARING', 'TAX']);
});

test('a refund turns the payment round, and both balance', () => {
  expect(sum(linesOfPayment('CARD', 999, 173))).toBe(0);
  expect(linesOfRefund('CARD', 999, 173)).toEqual([
    { account: 'CARD_CLEARING', amount: -999 },
    { account: 'REVENUE', amount: 826 },
    { account: 'TAX', amount: 173 },
  ]);
});
