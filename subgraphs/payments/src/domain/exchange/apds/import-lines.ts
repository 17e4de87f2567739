import type { Step } from '../../tariff/tariff-rules.js';
import { minorOf } from '../amounts.js';
import { type Losses, type Path, wholeAmount } from '../exchange.js';
import { FREE, type PeriodPrice, periodPrice, type PricedSpan, stepsOf } from '../steps.js';
import { minutesOfDuration } from './durations.js';
import type { RateLine, RateLineCollection } from './rate-table.js';

/** What the lines of a collection charge. */
export interface Lines {
  steps: Step[];
  /** Asked once beside them; null: no line says so. */
  once: { path: Path; price: number } | null;
}

const KNOWN = [
  'id',
  'version',
  'sequence',
  'description',
  'rateLineType',
  'durationStart',
  'durationEnd',
  'incrementPeriod',
  'value',
  'minValue',
  'maxValue',
  'usageCondition',
];

/** Reads the rate lines in the order of their sequence. */
export function linesOf(collection: RateLineCollection, path: Path, losses: Losses): Lines {
  const numbered = collection.rateLines.map((line, number) => ({
    line,
    path: [...path, 'rateLines', number],
  }));
  const ordered = numbered.toSorted((a, b) => (a.line.sequence ?? 0) - (b.line.sequence ?? 0));
  const spans: PricedSpan[] = [];
  let once: Lines['once'] = null;
  let end: number | null = 0;
  ordered.forEach(({ line, path: at }, number) => {
    addUnknown(line, at, losses);
    const price = minorOf(line.value, collection.applicableCurrency);
    if (line.rateLineType === 'perUnit') {
      losses.add(at, line.value, 'It does not say what is counted: add it to `items`.');
      return;
    }
    if (line.rateLineType === 'flatRate' && !isTier(line) && ordered.length > 1) {
      if (once)
        losses.add(at, line.value, 'There is one price that is asked once, the first: this one is left out.');
      else once = { path: at, price: wholeAmount(price, [...at, 'value'], losses) };
      return;
    }
    const from = startOf(line, end);
    const isLast = number === ordered.length - 1;
    const to = endOf(line, from, isLast, at, losses);
    spans.push(...spansOf(line, price, { from, to }, at, collection.applicableCurrency, losses));
    end = to;
  });
  return { steps: stepsOf(spans), once };
}

const isTier = ({ durationStart, durationEnd }: RateLine): boolean =>
  durationStart != null || durationEnd != null;

/** A line that begins one minute after the one before it, "02:01", is meant to follow it at once. */
function startOf({ durationStart }: RateLine, previous: number | null): number {
  const stated = durationStart == null ? null : minutesOfDuration(durationStart);
  if (stated === null) return previous ?? 0;
  return previous !== null && Math.abs(stated - previous) <= 1 ? previous : stated;
}

function endOf(line: RateLine, from: number, isLast: boolean, path: Path, losses: Losses): number | null {
  if (line.durationEnd != null) return minutesOfDuration(line.durationEnd);
  const period = line.incrementPeriod == null ? null : minutesOfDuration(line.incrementPeriod);
  if (isLast || !period) return null;
  losses.add(path, 'no durationEnd', 'Another line follows: this one is taken for a single period.');
  return from + period;
}

function spansOf(
  line: RateLine,
  price: number,
  { from, to }: { from: number; to: number | null },
  path: Path,
  currencyCode: string,
  losses: Losses,
): PricedSpan[] {
  if (to !== null && to <= from) {
    losses.add(path, `${from} to ${to} minutes`, 'It ends before it begins: it is left out.');
    return [];
  }
  const asked = askedOf(line, price, to === null ? null : to - from, path, losses);
  if (line.minValue) losses.add([...path, 'minValue'], line.minValue, 'A single price has no minimum here.');
  if (line.maxValue == null) return [{ from, to, price: asked }];
  const most = minorOf(line.maxValue, currencyCode);
  const periods = asked.price === 0 ? 0 : most / asked.price;
  const reached = asked.minutes === null ? null : from + periods * asked.minutes;
  if (asked.minutes === null ? asked.price <= most : asked.price === 0) return [{ from, to, price: asked }];
  if (reached === null || asked.prorated || !Number.isInteger(periods)) {
    losses.add(
      [...path, 'maxValue'],
      line.maxValue,
      'It is no multiple of the price of a period: it is left out.',
    );
    return [{ from, to, price: asked }];
  }
  if (to !== null && reached >= to) return [{ from, to, price: asked }];
  return [
    { from, to: reached, price: asked },
    { from: reached, to, price: FREE },
  ];
}

/** How a line asks its price: once, or for every started period. */
function askedOf(
  line: RateLine,
  price: number,
  length: number | null,
  path: Path,
  losses: Losses,
): PeriodPrice {
  const period = line.incrementPeriod == null ? null : minutesOfDuration(line.incrementPeriod);
  const limited = line.usageCondition === 'fixedDuration' || line.usageCondition === 'fixedNumber';
  if (limited) {
    losses.add(
      [...path, 'usageCondition'],
      line.usageCondition,
      'How often a price may be used is not limited here: it is asked once.',
    );
  }
  const isOnce = line.usageCondition === 'once' || limited || line.rateLineType === 'flatRate' || !period;
  if (!period && line.rateLineType === 'incrementingRate' && length === null) {
    losses.add(path, line.value, 'It does not say for how long it is: it is asked once.');
  }
  if (isOnce || period === length) {
    return { minutes: null, price: wholeAmount(price, [...path, 'value'], losses), prorated: false };
  }
  const { exact, ...asked } = periodPrice(period, price);
  if (!exact) {
    losses.add(
      [...path, 'value'],
      line.value,
      `No whole amount for ${period} minutes: time is charged in proportion instead of in started periods.`,
    );
  }
  return asked;
}

function addUnknown(line: RateLine, path: Path, losses: Losses): void {
  for (const [field, value] of Object.entries(line)) {
    if (value == null || KNOWN.includes(field)) continue;
    const why =
      field === 'rateLineTax'
        ? 'Time has one tax, that of the collection.'
        : 'Not a field of the APDS RateLine that is known here.';
    losses.add([...path, field], value, why);
  }
}
