import type { CompiledTariff } from './compiled-tariff.js';

/** What is taken off the price of a stay: by a code, by a shop that validates tickets, by the operator. */
export interface Discount {
  /** What the driver is told: "Cinema validation". */
  name: string;
  effect:
    | { kind: 'PERCENT'; /** 0 to 100 of what time costs. */ percent: number }
    | { kind: 'AMOUNT'; amount: number }
    | { kind: 'FREE_TIME'; minutes: number }
    /** The stay is rated by another tariff where that is cheaper. */
    | { kind: 'TARIFF'; tariff: CompiledTariff };
  /** The most that it takes off, in minor units; null: no limit. */
  most: number | null;
}

/** In this order: another price list, then time, then a share, then money. */
const ORDER: readonly Discount['effect']['kind'][] = ['TARIFF', 'FREE_TIME', 'PERCENT', 'AMOUNT'];

export interface TakenOff {
  discount: Discount;
  /** Minor units, not negative. */
  amount: number;
}

/** How the stay is charged otherwise: with free time at its beginning, by another tariff. */
export interface Alternatives {
  withFreeMinutes(minutes: number): number;
  under(tariff: CompiledTariff): number;
}

/**
 * What each discount takes off `price`, each from what the others before it left. `settle` rounds as the tariff does. No
 * discount makes a price negative.
 */
export function takeOff(
  discounts: readonly Discount[],
  price: number,
  alternatives: Alternatives,
  settle: (amount: number) => number,
): TakenOff[] {
  let left = price;
  let [minutes, byMinutes] = [0, 0];
  const ordered = discounts.toSorted((a, b) => ORDER.indexOf(a.effect.kind) - ORDER.indexOf(b.effect.kind));
  return ordered.map((discount) => {
    const { effect, most } = discount;
    let amount = 0;
    if (effect.kind === 'TARIFF') amount = left - alternatives.under(effect.tariff);
    if (effect.kind === 'FREE_TIME') {
      minutes += effect.minutes;
      const all = price - alternatives.withFreeMinutes(minutes);
      [amount, byMinutes] = [all - byMinutes, all];
    }
    if (effect.kind === 'PERCENT') amount = (left * effect.percent) / 100;
    if (effect.kind === 'AMOUNT') amount = effect.amount;
    amount = Math.min(left, most ?? Infinity, Math.max(0, settle(amount)));
    left -= amount;
    return { discount, amount };
  });
}
