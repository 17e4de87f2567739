import { type SpaceRange, spacesOfRanges } from './space-range.js';

const range = (different: Partial<SpaceRange> = {}): SpaceRange => ({ count: 3, kind: 'CAR', ...different });
const numbers = (...ranges: SpaceRange[]) => spacesOfRanges(ranges).map(({ number }) => number);

test('a range counts on from its first number, filled up to its digits', () => {
  expect(numbers(range({ prefix: 'A-', from: 99, digits: 3 }))).toEqual(['A-099', 'A-100', 'A-101']);
  expect(numbers(range())).toEqual(['1', '2', '3']);
});

test('every space of a range has its kind, zone and features', () => {
  const [space] = spacesOfRanges([
    range({ count: 1, kind: 'EV', zone: ' Level 1 ', features: ['Covered', 'covered'] }),
  ]);
  expect(space).toEqual({ number: '1', kind: 'EV', zone: 'Level 1', features: ['covered'] });
});

test('5,000 spaces can be added at once, in any number of ranges, and not one more', () => {
  expect(numbers(range({ count: 2500 }), range({ count: 2500, prefix: 'B' }))).toHaveLength(5000);
  expect(() => numbers(range({ count: 5001 }))).toThrow('At most 5000');
});

test('two ranges that meet are refused', () => {
  expect(() => numbers(range(), range({ from: 3 }))).toThrow('The number 3 is there twice.');
});

test.each([
  ['ranges.0.count', range({ count: 0 })],
  ['ranges.0.from', range({ from: -1 })],
  ['ranges.0.digits', range({ digits: 9 })],
  ['ranges.0.prefix', range({ prefix: 'x'.repeat(31) })],
  ['ranges.0.zone', range({ zone: ' ' })],
  ['ranges.0.features', range({ features: Array.from({ length: 21 }, (_, index) => `f${index}`) })],
])('a wrong %s is refused by its name', (field, wrong) => {
  expect(() => spacesOfRanges([wrong])).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ field }) }),
  );
});
