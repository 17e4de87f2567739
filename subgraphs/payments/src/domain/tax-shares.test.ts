import fc from 'fast-check';
import { apportion, shareOut, sharesOfLines } from './tax-shares.js';

const PARKING = { amount: 1000, taxPercent: 21 };
const ENERGY = { amount: 550, taxPercent: 10 };

test('a part of a stay with two rates contains each of them in proportion', () => {
  expect(shareOut(sharesOfLines([PARKING, ENERGY]), { amount: 775, tax: 112 })).toEqual([
    { percent: 21, amount: 500, tax: 87 },
    { percent: 10, amount: 275, tax: 25 },
  ]);
});

test('tax on top counts to the rate that it is the tax of', () => {
  const lines = [
    { amount: 1000, taxPercent: 21 },
    { amount: 210, taxPercent: 21 },
  ];
  expect(shareOut(sharesOfLines(lines), { amount: 1210, tax: 210 })).toEqual([
    { percent: 21, amount: 1210, tax: 210 },
  ]);
});

test('what has no rate is a share of its own, also the tax of a quote that tells none', () => {
  expect(
    shareOut(sharesOfLines([PARKING, { amount: -2, taxPercent: null }]), { amount: 998, tax: 174 }),
  ).toEqual([
    { percent: 21, amount: 1000, tax: 174 },
    { percent: null, amount: -2, tax: 0 },
  ]);
  expect(shareOut([], { amount: 200, tax: 35 })).toEqual([{ percent: null, amount: 200, tax: 35 }]);
  const before = [{ amount: 200 }] as never;
  expect(shareOut(sharesOfLines(before), { amount: 200, tax: 35 })).toEqual([
    { percent: null, amount: 200, tax: 35 },
  ]);
});

const weights = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength });

test('shares add up to the whole to the cent, and none of three is further than one from its exact part', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), weights(3), (total, parts) => {
      const shares = apportion(total, parts);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      const sum = parts.reduce((all, part) => all + part, 0);
      if (sum === 0) return;
      shares.forEach((share, index) =>
        expect(Math.abs(share - (total * parts[index]!) / sum)).toBeLessThan(1),
      );
    }),
  );
});

test('of more nobody gets less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), weights(8), (total, parts) => {
      const [less, more] = [apportion(total, parts), apportion(total + 1, parts)];
      more.forEach((share, index) => expect(share).toBeGreaterThanOrEqual(less[index]!));
    }),
  );
});

test('all of it is split as it was weighed, also where weights cancel each other out', () => {
  expect(apportion(5, [5, 3, -3])).toEqual([5, 3, -3]);
});
