import type { Charge } from './charge-line.js';
import { chargeStay, priceStay, type Stay } from './charge.js';
import { type ChargedBefore, theMore } from './charged-before.js';
import type { CompiledTariff } from './compiled-tariff.js';
import { MINUTE } from './local-time.js';

/** A part of a stay that ended with an exit and was charged on a ticket of its own. */
export interface EarlierPart {
  enteredAt: Date;
  exitedAt: Date;
  /** When all that was due for it was last paid; null: nothing was. */
  lastPaidAt: Date | null;
  items: readonly { code: string; quantity: number }[];
}

/** A stay that may go on where an earlier one ended. What admits it to a price list is what admitted its first part. */
export interface ContinuedStay extends Stay {
  /** In the order of time; each ended soon enough before the next one began. Empty: the stay stands alone. */
  earlier?: readonly EarlierPart[];
}

/**
 * Charges the last part of a stay: what the whole of it costs, the time outside left out, less what its earlier parts
 * were charged. So steps, caps and free minutes go on where they were. Discounts are those of the last part alone, taken
 * off what it adds. Never negative. Throws for an item that the tariff does not sell.
 */
export function chargeContinued(tariff: CompiledTariff, stay: ContinuedStay): Charge {
  const { earlier = [], ...last } = stay;
  const isAlone = last.noShow || (last.lost && tariff.rules.fees.lostTicket !== null);
  if (earlier.length === 0 || isAlone) return chargeStay(tariff, last);
  let before: ChargedBefore | null = null;
  let lastPaidAt: Date | null = null;
  for (const [number, part] of earlier.entries()) {
    lastPaidAt = latest(lastPaidAt, part.lastPaidAt);
    const at = withinGrace(tariff, part.exitedAt, lastPaidAt) ?? part.exitedAt;
    const soFar = whole(earlier.slice(0, number + 1), { ...last, at, items: [], lost: false });
    before = theMore(before, priceStay(tariff, soFar));
  }
  const { exitedAt } = earlier.at(-1) as EarlierPart;
  return chargeStay(tariff, whole(earlier, last, last), before && { ...before, to: exitedAt });
}

/** The parts as one stay, up to its `at`. */
function whole(earlier: readonly EarlierPart[], stay: Stay, last?: Stay): Stay {
  const [first] = earlier;
  const parts = last ? [...earlier, last] : earlier;
  const gaps = parts.slice(1).map((part, number) => ({
    from: (earlier[number] as EarlierPart).exitedAt,
    to: part.enteredAt,
  }));
  return {
    ...stay,
    enteredAt: first?.enteredAt ?? stay.enteredAt,
    away: last ? [...gaps, ...(stay.away ?? [])] : gaps,
    items: parts.flatMap(({ items = [] }) => items),
  };
}

/** The payment that a driver was still allowed to leave after; null where there was none or its grace was over. */
export function withinGrace({ rules }: CompiledTariff, at: Date, lastPaidAt: Date | null): Date | null {
  if (!lastPaidAt || at < lastPaidAt) return null;
  return at.getTime() <= lastPaidAt.getTime() + rules.graces.exit * MINUTE ? lastPaidAt : null;
}

/** When the stay was last paid, on whichever of its tickets. */
export const lastPaymentOf = (lastPaidAt: Date | null, earlier: readonly EarlierPart[] = []): Date | null =>
  earlier.reduce((found, part) => latest(found, part.lastPaidAt), lastPaidAt);

const latest = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one > other ? one : other) : (one ?? other);
