import type { ChargeLine, ChargeRule } from './charge-line.js';

/** What earlier tickets of the same stay were charged, before discounts, tax on top and the rounding of the total. */
export interface ChargedBefore {
  from: Date;
  to: Date;
  /** What of it discounts can be taken off. */
  parking: number;
  /** Minor units that may have fractions, by the tax in percent; null: no tax is shown. */
  byRate: ReadonlyMap<number | null, number>;
}

export const sumOf = (lines: readonly ChargeLine[]): number =>
  lines.reduce((sum, { amount }) => sum + amount, 0);

const NOT_PARKING: readonly ChargeRule[] = ['ITEM', 'OVERSTAY', 'LOST_TICKET', 'NO_SHOW', 'EARLIER_PART'];

/** What discounts are taken off: neither what else was bought, nor a penalty or a fee for what was not parked. */
export const parkingIn = (lines: readonly ChargeLine[]): number =>
  sumOf(lines.filter(({ rule }) => !NOT_PARKING.includes(rule)));

/** What lines come to, as something that is not charged again. */
export function chargedBy(lines: readonly ChargeLine[], from: Date, to: Date): ChargedBefore {
  const byRate = new Map<number | null, number>();
  for (const { taxPercent, amount } of lines) byRate.set(taxPercent, (byRate.get(taxPercent) ?? 0) + amount);
  return { from, to, parking: parkingIn(lines), byRate };
}

/** The more of both: a part that came to less than what was charged before it gave nothing back. */
export function theMore(before: ChargedBefore | null, next: ChargedBefore): ChargedBefore {
  if (!before) return next;
  const byRate = new Map(next.byRate);
  for (const [rate, amount] of before.byRate) byRate.set(rate, Math.max(amount, byRate.get(rate) ?? 0));
  return { ...next, parking: Math.max(before.parking, next.parking), byRate };
}

/** The lines that take off what was charged before, at most what these lines come to at each rate of tax. */
export function creditLines(lines: readonly ChargeLine[], before: ChargedBefore): ChargeLine[] {
  const now = chargedBy(lines, before.from, before.to).byRate;
  const credits = [...before.byRate]
    .map(([taxPercent, amount]) => ({ taxPercent, off: Math.min(amount, now.get(taxPercent) ?? 0) }))
    .filter(({ off }) => off > 0);
  const [first] = lines;
  // nothing was charged: the line tells that the stay goes on, and so why no minutes are free
  if (credits.length === 0) credits.push({ taxPercent: first?.taxPercent ?? null, off: 0 });
  return credits.map(({ taxPercent, off }) => ({
    rule: 'EARLIER_PART',
    name: null,
    from: before.from,
    to: before.to,
    quantity: 1,
    unit: null,
    unitPrice: 0 - off,
    amount: 0 - off,
    taxPercent,
  }));
}
