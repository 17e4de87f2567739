import fc from 'fast-check';
import { taxesPaid } from './receipt.js';
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
  const quote = quoteOf(lines);
  const receipts: TaxShare[][] = [];
  let paid = 0;
  for (const part of [...parts, Infinity]) {
    const amount = Math.min(part, quote.total - paid);
    if (amount === 0) continue;
    paid += amount;
    const shares = taxesPaid({ amount, quote: { ...quote, taxed: summed(receipts) } });
    expect(sum(shares.map((share) => share.amount))).toBe(amount);
    receipts.push(shares);
  }
  return receipts;
}

const quoteOf = (lines: readonly Line[]) => ({
  lines: lines as never,
  total: sum(lines.map(({ amount }) => amount)),
  tax: sum(lines.map(taxOf)),
});

const summed = (receipts: readonly TaxShare[][]): TaxShare[] =>
  [...Map.groupBy(receipts.flat(), ({ percent }) => percent)].map(([percent, shares]) => ({
    percent,
    amount: sum(shares.map(({ amount }) => amount)),
    tax: sum(shares.map(({ tax }) => tax)),
  }));

/** The same together, by rate. */
const together = (receipts: readonly TaxShare[][]) =>
  Object.fromEntries(summed(receipts).map(({ percent, amount, tax }) => [String(percent), [amount, tax]]));

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

test('what is bought after a payment is paid at its own rate, and what was paid is not taxed again', () => {
  const parking = { amount: 1000, taxPercent: 21 };
  const energy = { amount: 900, taxPercent: 10 };
  const first = taxesPaid({ amount: 1000, quote: { ...quoteOf([parking]), taxed: [] } });
  expect(first).toEqual([{ percent: 21, amount: 1000, tax: 174 }]);
  expect(taxesPaid({ amount: 900, quote: { ...quoteOf([parking, energy]), taxed: first } })).toEqual([
    { percent: 10, amount: 900, tax: 82 },
  ]);
});

test('of a rate that is paid for more than it costs nothing is paid, and the last payment sets it right', () => {
  const parking = { amount: 600, taxPercent: 21 };
  const energy = { amount: 900, taxPercent: 10 };
  const taxed = [{ percent: 21, amount: 1000, tax: 174 }];
  const quote = { ...quoteOf([parking, energy]), taxed };
  expect(taxesPaid({ amount: 200, quote })).toEqual([{ percent: 10, amount: 200, tax: 18 }]);
  expect(taxesPaid({ amount: 500, quote })).toEqual([
    { percent: 21, amount: -400, tax: -70 },
    { percent: 10, amount: 900, tax: 82 },
  ]);
});
