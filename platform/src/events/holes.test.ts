import { Holes } from './holes.js';
import { countOf, parseRanges } from './ranges.js';

const rangesOf = (holes: Holes) => holes.all.map(({ first, last }) => [first, last]);
/** Ranges of one number each. */
const each = (...numbers: number[]) => numbers.map((first) => ({ first, last: first }));

test('what a round stepped over is remembered, and what turns up there is not looked for again', () => {
  const holes = new Holes(10, 100n);
  holes.saw(each(11, 13, 17), 105n);
  expect(holes.highest).toBe(17);
  expect(rangesOf(holes)).toEqual([
    [12, 12],
    [14, 16],
  ]);
  holes.saw(each(12, 15, 19), 110n);
  expect(rangesOf(holes)).toEqual([
    [14, 14],
    [16, 16],
    [18, 18],
  ]);
  holes.saw(each(14, 16, 18), 111n);
  expect(rangesOf(holes)).toEqual([]);
  expect(holes.highest).toBe(19);
});

test('a hole is looked into until every transaction that could own it has ended', () => {
  const holes = new Holes(0, 1n);
  holes.saw(each(2), 50n);
  holes.saw(each(4), 60n);
  holes.forget(49n);
  expect(rangesOf(holes)).toHaveLength(2);
  holes.forget(50n);
  expect(rangesOf(holes)).toEqual([[3, 3]]);
});

test('what is left of a hole keeps the transaction number of the whole', () => {
  const holes = new Holes(0, 1n);
  holes.saw(each(4), 50n);
  holes.saw(each(2), 90n);
  holes.forget(50n);
  expect(rangesOf(holes)).toEqual([]);
});

test('a jump of millions is one hole, and an event below all holes changes nothing', () => {
  const holes = new Holes(100, 1n);
  holes.saw(each(5_000_000), 2n);
  holes.saw(each(7), 3n);
  expect(rangesOf(holes)).toEqual([[101, 4_999_999]]);
});

test('memory has an end: of very many holes the newest stay', () => {
  const holes = new Holes(0, 1n);
  holes.saw(each(...Array.from({ length: 1_000 }, (_, index) => 2 * index + 2)), 9n);
  expect(holes.all).toHaveLength(128);
  expect(holes.all.at(-1)!.last).toBe(1_999);
});

test('a round tells what it saw in ranges, and is told where to look in the same words', () => {
  const holes = new Holes(10, 1n);
  holes.saw(parseRanges('{[13,16),[18,19),[20,25)}'), 2n);
  expect(rangesOf(holes)).toEqual([
    [11, 12],
    [16, 17],
    [19, 19],
  ]);
  expect(holes.looked).toBe('{[11,12],[16,17],[19,19],(24,)}');
  holes.saw(parseRanges('{[12,13),[16,18)}'), 3n);
  expect(holes.looked).toBe('{[11,11],[19,19],(24,)}');
  expect(parseRanges('')).toEqual([]);
  expect(countOf(parseRanges('{[-5,-4),[13,16)}'))).toBe(4);
});
