import type { Band } from '../../tariff/tariff-rules.js';
import { decimalOf } from '../amounts.js';
import type { Losses, Path } from '../exchange.js';
import { durationOf } from './durations.js';

/** The steps of a band as rate lines; `start`: a price that is asked once beside them, in minor units. */
export function rateLinesOf(
  { steps }: Band,
  start: number,
  path: Path,
  currencyCode: string,
  losses: Losses,
): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const flat = (price: number) => ({
    rateLineType: 'flatRate',
    value: decimalOf(price, currencyCode),
    usageCondition: 'once',
  });
  if (start > 0) lines.push(flat(start));
  let from = 0;
  steps.forEach(({ upTo, minutes, price, prorated }, at) => {
    const length = upTo === null ? null : upTo - from;
    const span = {
      durationStart: durationOf(from),
      ...(upTo === null ? {} : { durationEnd: durationOf(upTo) }),
    };
    if (minutes === null || price === 0) {
      const tier = length === null ? {} : { incrementPeriod: durationOf(length) };
      const value = decimalOf(price, currencyCode);
      lines.push({ rateLineType: 'flatRateTier', ...span, ...tier, value, usageCondition: 'once' });
    } else {
      const [period, asked] = prorated ? [1, price / minutes] : [minutes, price];
      if (prorated) {
        losses.add(
          [...path, 'steps', at, 'prorated'],
          `${decimalOf(price, currencyCode)} for ${minutes} minutes, in proportion`,
          'A price is asked for every started period: it is written for single minutes.',
        );
      }
      lines.push({
        rateLineType: 'incrementingRate',
        ...span,
        incrementPeriod: durationOf(period),
        value: decimalOf(asked, currencyCode),
        usageCondition: 'unlimited',
      });
    }
    from = upTo ?? from;
  });
  if (lines.length === 0) lines.push(flat(0));
  return lines.map((line, at) => ({ sequence: at + 1, ...line }));
}
