import { DAY, LocalTime, MINUTE } from './local-time.js';
import { Days, Schedule } from './schedule.js';
import type { Band, Cap, TariffRules, Window } from './tariff-rules.js';

/** A step with its times in milliseconds. */
export interface MeteredStep {
  upTo: number;
  /** 0: the price is asked once. */
  period: number;
  prorated: boolean;
  price: number;
}

export interface MeteredBand {
  name: string;
  restart: Band['restart'];
  runsOn: boolean;
  steps: readonly MeteredStep[];
}

export interface MeteredCap {
  amount: number;
  per: Cap['per'];
  /** Which bands it counts, by their numbers. */
  counts: readonly boolean[];
  only: Cap['only'];
}

/** A tariff made ready for one stay: the bands that its entry admits, at the prices of that hour's demand. */
export interface MeteredTariff {
  rules: TariffRules;
  clock: LocalTime;
  schedule: Schedule;
  bands: readonly MeteredBand[];
  caps: readonly MeteredCap[];
  /** The numbers of the caps that count each band. */
  capsOf: readonly (readonly number[])[];
  spend: Spend;
}

/** Is told of work as it is done: about a microsecond each. It may throw to end it. */
export type Spend = (work: number) => void;

const freely: Spend = () => {};

/** What of a stay decides about the price list that it gets. */
export interface Admission {
  enteredAt: number;
  /** Occupied places when the vehicle entered, 0 to 1; null: not known, so that demand changes no price. */
  occupancy: number | null;
  /** When a permit covers the stay: nothing is charged in these. */
  permitted: readonly Window[];
}

const MOST_KEPT = 64;

/** A tariff at a place, ready to be metered; what is reckoned once for many stays is kept. */
export class CompiledTariff {
  private readonly clock: LocalTime;
  private readonly days: Days;
  private readonly kept = new Map<string, MeteredTariff>();
  private readonly plain: boolean;

  constructor(
    readonly rules: TariffRules,
    timeZone: string,
    private readonly spend: Spend = freely,
  ) {
    this.clock = LocalTime.of(timeZone);
    this.days = new Days(rules.holidays);
    this.plain = rules.demand === null && rules.bands.every(({ entered }) => entered.length === 0);
  }

  for({ enteredAt, occupancy, permitted }: Admission): MeteredTariff {
    const { bands, demand } = this.rules;
    const admitted = this.plain
      ? ''
      : bands.map(({ entered }) => Number(entered.length === 0 || this.within(entered, enteredAt))).join('');
    const factor = demand ? factorAt(demand, occupancy) : 1;
    const key = permitted.length === 0 ? `${admitted}*${factor}` : '';
    let metered = key === '' ? undefined : this.kept.get(key);
    if (!metered) {
      metered = this.meter((number) => this.plain || admitted[number] === '1', factor, permitted);
      if (key !== '' && this.kept.size < MOST_KEPT) this.kept.set(key, metered);
    }
    return metered;
  }

  private within(windows: readonly Window[], instant: number): boolean {
    return this.days.within(windows, this.clock, instant);
  }

  private meter(
    admits: (band: number) => boolean,
    factor: number,
    permitted: readonly Window[],
  ): MeteredTariff {
    const { rules, days, clock, spend } = this;
    const admitted = rules.bands.filter((_, number) => admits(number));
    const bands = admitted.map((band) => this.band(band, factor));
    const windows = admitted.map((band) => band.windows);
    if (permitted.length > 0) {
      bands.unshift({ name: PERMIT, restart: 'NEVER', runsOn: false, steps: [] });
      windows.unshift([...permitted]);
    }
    const caps = rules.caps.map(({ amount, per, bands: named, only }) => ({
      amount,
      per,
      only,
      counts: bands.map(({ name }) => named.length === 0 || named.includes(name)),
    }));
    const capsOf = bands.map((_, band) => [...caps.keys()].filter((cap) => caps[cap]?.counts[band]));
    const schedule = new Schedule(windows, days, clock, spend);
    return { rules, clock, schedule, bands, caps, capsOf, spend };
  }

  private band({ name, restart, atEnd, steps }: Band, factor: number): MeteredBand {
    const { demand } = this.rules;
    const price = (listed: number): number => {
      const changed = Math.round(listed * factor);
      const atLeast = Math.max(changed, Math.min(listed, demand?.floor ?? 0));
      return Math.min(atLeast, Math.max(listed, demand?.ceiling ?? Infinity));
    };
    return {
      name,
      restart,
      runsOn: atEnd === 'RUN_ON',
      steps: steps.map((step) => ({
        upTo: step.upTo === null ? Infinity : step.upTo * MINUTE,
        period: (step.minutes ?? 0) * MINUTE,
        prorated: step.prorated,
        price: price(step.price),
      })),
    };
  }
}

/** The name under which a permit's hours are laid over the bands; no band of a tariff can have it. */
export const PERMIT = '';

function factorAt(demand: NonNullable<TariffRules['demand']>, occupancy: number | null): number {
  if (occupancy === null) return 1;
  const reached = demand.levels.filter(({ from }) => occupancy >= from);
  return reached.toSorted((a, b) => b.from - a.from)[0]?.factor ?? 1;
}

/** Where the span that contains an instant ends; spans are counted from the entry or by the local calendar. */
export function spanAt(
  per: Exclude<Cap['per'], 'BAND'>,
  clock: LocalTime,
  enteredAt: number,
  instant: number,
): { number: number; end: number } {
  if (per === 'STAY') return { number: 1, end: Infinity };
  if (per === 'HOURS_24' || per === 'DAYS_7') {
    const length = per === 'HOURS_24' ? DAY : 7 * DAY;
    const number = Math.floor((instant - enteredAt) / length) + 1;
    return { number, end: enteredAt + number * length };
  }
  const [entry, today] = [clock.dayOf(enteredAt), clock.dayOf(instant)];
  if (per === 'DAY') return { number: today - entry + 1, end: clock.instantOf(today + 1, 0) };
  // day 4 of the epoch was a Monday
  const weekOf = (day: number) => Math.floor((day - 4) / 7);
  const week = weekOf(today);
  return { number: week - weekOf(entry) + 1, end: clock.instantOf((week + 1) * 7 + 4, 0) };
}
