import type { ChargeLine } from './charge-line.js';
import { MINUTE } from './local-time.js';
import type { Overstay } from './tariff-rules.js';

type Penalty = Pick<ChargeLine, 'quantity' | 'unit' | 'unitPrice' | 'amount'>;

/**
 * What `over` milliseconds beyond the maximum stay cost on top, not rounded; null: nothing. `ordinary` tells what that time
 * costs by itself.
 */
export function penaltyOf(
  { after, grace, penalty }: Overstay,
  over: number,
  ordinary: () => number,
): Penalty | null {
  if (over <= grace * MINUTE) return null;
  if (penalty.kind === 'PERIODS') {
    const { minutes, price: unitPrice } = penalty;
    const quantity = Math.ceil(over / (minutes * MINUTE));
    return { quantity, unit: { minutes, beyond: after }, unitPrice, amount: quantity * unitPrice };
  }
  const amount = (penalty.factor - 1) * ordinary();
  return { quantity: 1, unit: { minutes: after }, unitPrice: amount, amount };
}

/** The last instant before the overstay costs more, when a stay ends at `end`; null: no further penalty follows. */
export function nextPenalty({ grace, penalty }: Overstay, end: number, over: number): number | null {
  if (over <= grace * MINUTE) return end + grace * MINUTE - over;
  if (penalty.kind === 'MULTIPLIER') return null;
  const period = penalty.minutes * MINUTE;
  return end + Math.ceil(over / period) * period - over;
}
