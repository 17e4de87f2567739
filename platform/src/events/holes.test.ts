import { Holes } from './holes.js';

const rangesOf = (holes: Holes) => holes.starts.map((first, index) => [first, holes.ends[index]]);

test('what a round stepped over is remembered, and what turns up there is not looked for again', () => {
  const holes = new Holes(10, 100n);
  holes.saw([11, 13, 17], 105n);
  expect(holes.highest).toBe(17);
  expect(rangesOf(holes)).toEqual([
    [12, 12],
    [14, 16],
  ]);
  holes.saw([12, 15, 19], 110n);
  expect(rangesOf(holes)).toEqual([
    [14, 14],
    [16, 16],
    [18, 18],
  ]);
  holes.saw([14, 16, 18], 111n);
  expect(rangesOf(holes)).toEqual([]);
  expect(holes.highest).toBe(19);
});

test('a hole is looked into until every transaction that could own it has ended', () => {
  const holes = new Holes(0, 1n);
  holes.saw([2], 50n);
  holes.saw([4], 60n);
  holes.forget(49n);
  expect(rangesOf(holes)).toHaveLength(2);
  holes.forget(50n);
  expect(rangesOf(holes)).toEqual([[3, 3]]);
});

test('what is left of a hole keeps the transaction number of the whole', () => {
  const holes = new Holes(0, 1n);
  holes.saw([4], 50n);
  holes.saw([2], 90n);
  holes.forget(50n);
  expect(rangesOf(holes)).toEqual([]);
});

test('a jump of millions is one hole, and an event below all holes changes nothing', () => {
  const holes = new Holes(100, 1n);
  holes.saw([5_000_000], 2n);
  holes.saw([7], 3n);
  expect(rangesOf(holes)).toEqual([[101, 4_999_999]]);
});

test('memory has an end: of very many holes the newest stay', () => {
  const holes = new Holes(0, 1n);
  holes.saw(
    Array.from({ length: 1_000 }, (_, index) => 2 * index + 2),
    9n,
  );
  expect(holes.starts).toHaveLength(128);
  expect(holes.ends.at(-1)).toBe(1_999);
});
