import type { Band, DayKind, Window } from '../../tariff/tariff-rules.js';
import type { Losses } from '../exchange.js';
import { inProportion, type PeriodPrice, periodPrice, type PricedSpan, stepsOf } from '../steps.js';
import type { OcpiRestrictions } from './ocpi-tariff.js';
import { isAlways, type PricePart } from './price-part.js';

const ALWAYS = 'Parking';

interface TimedPart {
  part: PricePart;
  windows: Window[];
  name: string;
  span: PricedSpan;
}

/** What time costs: the bands, and the free minutes at the beginning of a stay that hold whatever the hour. */
export interface TimePrices {
  bands: Band[];
  freeMinutes: number;
}

/** How these parts charge time: bands in the order of their elements, that of all hours last. */
export function timePricesOf(parts: readonly PricePart[], losses: Losses): TimePrices {
  const all = reached(parts).map((part) => timedPart(part, losses));
  const freeMinutes = freeStartOf(all);
  const timed = freeMinutes > 0 ? all.slice(1).map(fromStart) : all;
  const names = [...new Set(timed.map(({ name }) => name))];
  // every other band holds what all hours say before its own prices
  if (names.includes(ALWAYS)) names.push(...names.splice(names.indexOf(ALWAYS), 1));
  if (names.length > 1) addSwitches(timed, losses);
  const bands = names.map((name): Band => {
    const own = timed.filter((one) => one.name === name);
    const windows = own[0]?.windows ?? [];
    // where its hours have no price for a duration, that of all hours counts
    const counting =
      windows.length === 0 ? own : timed.filter((one) => own.includes(one) || one.windows.length === 0);
    const steps = stepsOf(counting.map(({ span }) => span));
    return { name, windows, entered: [], steps, restart: 'NEVER', atEnd: 'CUT' };
  });
  return { bands: joined(bands), freeMinutes };
}

/** The first price that applies counts: what comes after one that always applies never does. */
function reached(parts: readonly PricePart[]): readonly PricePart[] {
  const always = parts.findIndex(isAlways);
  return always === -1 ? parts : parts.slice(0, always + 1);
}

const LONGEST_GRACE = 1440;

/** How long the first element makes all hours free, when prices after it depend on the hour and not on duration. */
function freeStartOf([first, ...others]: readonly TimedPart[]): number {
  const end = first?.span.to ?? null;
  if (!first || first.windows.length > 0 || first.span.from > 0 || first.span.price.price > 0) return 0;
  if (end === null || end > LONGEST_GRACE || !others.some(({ windows }) => windows.length > 0)) return 0;
  return others.every(({ span }) => span.from <= end && span.to === null) ? end : 0;
}

const fromStart = (timed: TimedPart): TimedPart => ({ ...timed, span: { ...timed.span, from: 0 } });

/** Neighbours that differ only in their hours are one band. Steps stay apart: each counts its own time. */
function joined(bands: readonly Band[]): Band[] {
  const result: Band[] = [];
  for (const band of bands) {
    const last = result.at(-1);
    const isSame = last && JSON.stringify(last.steps) === JSON.stringify(band.steps);
    if (isSame && band.steps.length === 1 && last.windows.length > 0 && band.windows.length > 0) {
      last.windows.push(...band.windows);
    } else result.push(band);
  }
  return result;
}

function timedPart(part: PricePart, losses: Losses): TimedPart {
  const { restrictions } = part;
  const windows = windowsOf(restrictions);
  const span = {
    from: minutesOf(part, 'min_duration', losses) ?? 0,
    to: minutesOf(part, 'max_duration', losses),
    price: pricedBlock(part, losses),
  };
  const { minutes, prorated } = span.price;
  if (minutes !== null && !prorated && span.to !== null && (span.to - span.from) % minutes !== 0) {
    losses.add(
      [...part.path, 'step_size'],
      part.block,
      'The duration is no multiple of it: the last period before the price changes costs its whole price.',
    );
  }
  return { part, windows, name: nameOf(restrictions), span };
}

function pricedBlock({ path, price, block }: PricePart, losses: Losses): PeriodPrice {
  const isWholeMinutes = block > 1 && block % 60 === 0;
  const { exact, ...asked } = isWholeMinutes
    ? periodPrice(block / 60, (price * block) / 3600)
    : inProportion(60, price);
  if (isWholeMinutes && !exact) {
    losses.add(
      [...path, 'step_size'],
      block,
      `A block of ${block} s costs ${round((price * block) / 3600)} minor units, which is no whole amount: time is charged in proportion instead of in started blocks.`,
    );
  } else if (!isWholeMinutes && block > 1) {
    losses.add([...path, 'step_size'], block, 'No whole minutes: time is charged by the millisecond.');
  } else if (!exact) {
    losses.add(
      [...path, 'price'],
      `${price} minor units`,
      'Has more decimals than can be charged: it is rounded.',
    );
  }
  return asked;
}

const round = (amount: number): number => Math.round(amount * 1e4) / 1e4;

function minutesOf(
  { restrictions, restrictionsPath }: PricePart,
  field: 'min_duration' | 'max_duration',
  losses: Losses,
): number | null {
  const seconds = restrictions[field];
  if (seconds == null) return null;
  if (seconds % 60 !== 0) {
    losses.add([...restrictionsPath, field], seconds, 'No whole minutes: it is rounded to the nearest.');
  }
  return Math.round(seconds / 60);
}

const DAYS: Readonly<Record<string, DayKind>> = {
  MONDAY: 'MON',
  TUESDAY: 'TUE',
  WEDNESDAY: 'WED',
  THURSDAY: 'THU',
  FRIDAY: 'FRI',
  SATURDAY: 'SAT',
  SUNDAY: 'SUN',
};

const daysOf = ({ day_of_week }: OcpiRestrictions): DayKind[] => {
  const days = [...new Set((day_of_week ?? []).map((day) => DAYS[day] as DayKind))];
  return days.length === 7 ? [] : days;
};

/** OCPI asks at each instant whether day and time fit: hours over midnight are two windows when days are named. */
function windowsOf(restrictions: OcpiRestrictions): Window[] {
  const days = daysOf(restrictions);
  const from = minuteOf(restrictions.start_time ?? '00:00');
  const to = minuteOf(restrictions.end_time ?? '00:00') || 1440;
  if (from === 0 && to === 1440) return days.length === 0 ? [] : [{ days, from, to }];
  if (to > from || days.length === 0) return [{ days, from, to }];
  return [
    { days, from, to: 1440 },
    { days, from: 0, to },
  ];
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function nameOf(restrictions: OcpiRestrictions): string {
  if (windowsOf(restrictions).length === 0) return ALWAYS;
  const days = daysOf(restrictions).join(', ');
  const { start_time, end_time } = restrictions;
  const hours =
    start_time == null && end_time == null ? '' : `${start_time ?? '00:00'}-${end_time ?? '00:00'}`;
  return [days, hours].filter(Boolean).join(' ');
}

/** What is different when the price changes during the stay, once for the tariff. */
function addSwitches(timed: readonly TimedPart[], losses: Losses): void {
  const lasting = timed.find(({ span }) => span.from > 0 || span.to !== null);
  if (lasting) {
    losses.add(
      lasting.part.restrictionsPath,
      lasting.part.restrictions,
      'Durations count the time that the hours of this price have charged, not the whole session; beyond them only a price for all hours counts.',
    );
  }
  const rounded = timed.find(({ span }) => span.price.minutes !== null && !span.price.prorated);
  if (rounded) {
    losses.add(
      [...rounded.part.path, 'step_size'],
      rounded.part.block,
      'Where the price changes during the stay, the period begun before it costs its whole price; OCPI rounds up only once, at the end.',
    );
  }
}
