/** Whole numbers from the first to the last of them, both included. */
export interface Range {
  first: number;
  last: number;
}

/** What PostgreSQL prints of a bounded int8multirange, as `{[1,3),[7,9)}`, in its order. */
export const parseRanges = (multirange: string): Range[] =>
  [...multirange.matchAll(/\[(-?\d+),(-?\d+)\)/g)].map(([, first, behind]) => ({
    first: Number(first),
    last: Number(behind) - 1,
  }));

/** The int8multirange of these ranges and of everything above a number. */
export const printRanges = (ranges: readonly Range[], above: number): string =>
  `{${ranges.map(({ first, last }) => `[${first},${last}],`).join('')}(${above},)}`;

/** How many numbers the ranges hold. */
export const countOf = (ranges: readonly Range[]): number =>
  ranges.reduce((count, { first, last }) => count + last - first + 1, 0);

/** What is left of a range without the others, which are in their order. */
export function without({ first, last }: Range, others: readonly Range[]): Range[] {
  const left: Range[] = [];
  let from = first;
  for (const other of others) {
    if (other.last < from) continue;
    if (other.first > last) break;
    if (other.first > from) left.push({ first: from, last: other.first - 1 });
    from = other.last + 1;
  }
  if (from <= last) left.push({ first: from, last });
  return left;
}
