import type { Band, DayKind, Step, TariffRules, Window } from '../../tariff/tariff-rules.js';
import { decimalOf, hasFourPlaces } from '../amounts.js';
import { WEEK } from '../coverage.js';
import type { Losses, Path } from '../exchange.js';

export interface OcpiComponent {
  type: 'TIME' | 'PARKING_TIME' | 'FLAT' | 'ENERGY';
  price: number;
  vat?: number;
  step_size: number;
}

export interface OcpiElement {
  price_components: OcpiComponent[];
  restrictions?: Record<string, unknown>;
}

const DAYS: Readonly<Partial<Record<DayKind, string>>> = {
  MON: 'MONDAY',
  TUE: 'TUESDAY',
  WED: 'WEDNESDAY',
  THU: 'THURSDAY',
  FRI: 'FRIDAY',
  SAT: 'SATURDAY',
  SUN: 'SUNDAY',
};

/** The bands as elements. Time costs the same whether the vehicle charges or not: each has both dimensions. */
export function timeElements(rules: TariffRules, losses: Losses): OcpiElement[] {
  return rules.bands.flatMap((band, number) => {
    if (band.entered.length > 0) return [];
    const path = ['bands', number];
    const changes = rules.bands.length > 1 || band.windows.length > 0;
    if (changes) addChanges(band, path, losses);
    else if (band.restart === 'HOURS_24' || band.restart === 'DAY') addRestart(band, path, losses);
    const hours = hoursOf(band.windows, [...path, 'windows'], losses);
    const spans = spansOf(band, path, rules, losses);
    return hours.flatMap((at) =>
      spans.map(({ duration, price, block }) => element(rules, price, block, { ...at, ...duration })),
    );
  });
}

/** The free minutes at the beginning of a stay, before the elements that they precede. */
export const freeStart = (rules: TariffRules, minutes: number): OcpiElement[] =>
  minutes > 0 ? [element(rules, 0, 1, { max_duration: minutes * 60 })] : [];

function element(
  { tax }: TariffRules,
  price: number,
  block: number,
  restrictions: Record<string, unknown>,
): OcpiElement {
  const component = { price, ...(tax ? { vat: tax.percent } : {}), step_size: block };
  return {
    price_components: [
      { type: 'TIME', ...component },
      { type: 'PARKING_TIME', ...component },
    ],
    ...(Object.keys(restrictions).length > 0 ? { restrictions } : {}),
  };
}

function addRestart({ restart }: Band, path: Path, losses: Losses): void {
  losses.add(
    [...path, 'restart'],
    restart,
    'Durations count from the beginning of the session and never begin anew.',
  );
}

function addChanges(band: Band, path: Path, losses: Losses): void {
  const { steps } = band;
  if (steps.length > 1 || steps.some(({ upTo }) => upTo !== null)) {
    losses.add(
      [...path, 'steps'],
      `${steps.length} steps`,
      'Durations count the whole session there, not the time that this band has charged.',
    );
    if (band.restart !== 'NEVER') addRestart(band, path, losses);
  }
  if (steps.some(({ prorated, price, minutes }) => !prorated && price > 0 && minutes !== null)) {
    losses.add(
      [...path, 'steps'],
      'started periods',
      'OCPI rounds up once, at the end of the session, and not where a price ends.',
    );
  }
}

interface OcpiSpan {
  duration: { min_duration?: number; max_duration?: number };
  /** Of an hour, as a decimal of the currency. */
  price: number;
  /** Seconds. */
  block: number;
}

function spansOf({ steps }: Band, path: Path, rules: TariffRules, losses: Losses): OcpiSpan[] {
  const spans: OcpiSpan[] = [];
  let from = 0;
  steps.forEach((step, at) => {
    const length = step.upTo === null ? null : step.upTo - from;
    const asked = hourly(step, length, [...path, 'steps', at], rules, losses);
    spans.push({ duration: durationOf(from, step.upTo), ...asked });
    from = step.upTo ?? from;
  });
  // said, or an element further down would count there
  if (steps.at(-1)?.upTo !== null) spans.push({ duration: durationOf(from, null), price: 0, block: 1 });
  return spans;
}

const durationOf = (from: number, to: number | null): OcpiSpan['duration'] => ({
  ...(from > 0 ? { min_duration: from * 60 } : {}),
  ...(to === null ? {} : { max_duration: to * 60 }),
});

function hourly(
  { minutes, price, prorated }: Step,
  length: number | null,
  path: Path,
  { currencyCode }: TariffRules,
  losses: Losses,
): { price: number; block: number } {
  if (price === 0) return { price: 0, block: 1 };
  const period = minutes ?? length;
  if (period === null) {
    losses.add(
      [...path, 'minutes'],
      'once',
      'A price that is asked once when its time begins is not known there: it is left out.',
    );
    return { price: 0, block: 1 };
  }
  const anHour = decimalOf((price * 60) / period, currencyCode);
  if (!hasFourPlaces(anHour)) {
    losses.add(
      [...path, 'price'],
      `${decimalOf(price, currencyCode)} for ${period} minutes`,
      `Prices are of an hour with four decimals: ${anHour} is rounded.`,
    );
  }
  if (!prorated && length !== null && length % period !== 0) {
    losses.add(
      [...path, 'minutes'],
      minutes,
      'The step is no multiple of its periods: OCPI does not round up where its price ends.',
    );
  }
  return { price: Math.round(anHour * 1e4) / 1e4, block: prorated ? 1 : period * 60 };
}

/** Windows as restrictions, in which a day named counts for the instant and not for the window's beginning. */
function hoursOf(windows: readonly Window[], path: Path, losses: Losses): Record<string, unknown>[] {
  if (windows.length === 0) return [{}];
  return windows.flatMap((window, number) => {
    const { days, from, to } = window;
    const named = WEEK.filter((day) => days.includes(day));
    if (days.length > named.length) {
      losses.add([...path, number, 'days'], days, 'Holidays and the days before them are not known there.');
      if (named.length === 0) return [];
    }
    const over = to <= from;
    if (!over || named.length === 0) return [restriction(named, from, to)];
    const next = named.map((day) => WEEK[(WEEK.indexOf(day) + 1) % 7] as DayKind);
    return [restriction(named, from, 1440), restriction(next, 0, to)];
  });
}

const restriction = (days: readonly DayKind[], from: number, to: number): Record<string, unknown> => ({
  ...(from === 0 && to === 1440 ? {} : { start_time: timeOf(from), end_time: timeOf(to) }),
  ...(days.length > 0 ? { day_of_week: days.map((day) => DAYS[day]) } : {}),
});

const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
