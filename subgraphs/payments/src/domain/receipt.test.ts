import fc from 'fast-check';
import { taxesPaid } from './receipt.js';
import { taxWithin } from './tariff/quote.js';
import type { TaxShare } from './tax-shares.js';

interface Line {
  amount: number;
  taxPercent: number | null;
}
const PARKING = { amount: 999, taxPercent: 21 };
const ENERGY = { amount: 999, taxPercent: 10 };

const taxOf = ({ amount, taxPercent }: Line) =>
  taxPercent === null ? 0 : Math.round((amount * taxPercent) / (100 + taxPercent));
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** What each of some payments in a row paid, by rate; what they leave is paid by a last one. */
function paidInParts(lines: readonly Line[], parts: readonly number[]): TaxShare[][] {
  const whole = { amount: sum(lines.map(({ amount }) => amount)), tax: sum(lines.map(taxOf)) };
  const taxUpTo = (amount: number) => taxWithin(whole, amount) ?? 0;
  let paid = 0;
  return [...parts, Infinity].flatMap((part) => {
    const amount = Math.min(part, whole.amount - paid);
    if (amount === 0) return [];
    const tax = taxUpTo(paid + amount) - taxUpTo(paid);
    const quote = { lines: lines as never, total: whole.amount, tax: whole.tax, paid };
    paid += amount;
    const shares = taxesPaid({ amount, tax, quote });
    expect([sum(shares.map((share) => share.amount)), sum(shares.map((share) => share.tax))]).toEqual([
      amount,
      tax,
    ]);
    return [shares];
  });
}

/** The same together, by rate. */
const together = (parts: readonly TaxShare[][]) =>
  Object.fromEntries(
    [...Map.groupBy(parts.flat(), ({ percent }) => percent)].map(([percent, shares]) => [
      String(percent),
      [sum(shares.map(({ amount }) => amount)), sum(shares.map(({ tax }) => tax))],
    ]),
  );

test.each([
  ['seven parts of 1.11', Array<number>(7).fill(111)],
  ['ninety parts of a cent', Array<number>(90).fill(1)],
  ['one part', []],
])('a stay of two rates that is paid in %s and the rest has its rates', (_, parts) => {
  expect(together(paidInParts([PARKING, ENERGY], parts))).toEqual({ 21: [999, 173], 10: [999, 91] });
});

test('however a stay is paid, its payments have its rates, and none has less than nothing of one', () => {
  const lines = fc.uniqueArray(
    fc.record({
      amount: fc.integer({ min: 1, max: 5000 }),
      taxPercent: fc.constantFrom(21, 10, 7.7, 4, 0, null),
    }),
    { minLength: 1, maxLength: 6, selector: ({ taxPercent }) => taxPercent },
  );
  const parts = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 60 });
  fc.assert(
    fc.property(lines, parts, (charged, paid) => {
      const receipts = paidInParts(charged, paid);
      expect(together(receipts)).toEqual(
        Object.fromEntries(charged.map((line) => [String(line.taxPercent), [line.amount, taxOf(line)]])),
      );
      for (const { amount, tax } of receipts.flat()) {
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(tax).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
