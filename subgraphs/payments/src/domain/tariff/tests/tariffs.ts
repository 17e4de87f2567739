import type { Charge } from '../charge-line.js';
import { chargeStay, type Stay } from '../charge.js';
import { CompiledTariff } from '../compiled-tariff.js';
import {
  type Band,
  type Cap,
  type DayKind,
  simpleTariff,
  type Step,
  type TariffRules,
  type Window,
} from '../tariff-rules.js';

// what the tests of the engine write tariffs and stays with; all local times are Madrid's unless told

export const HOUR = 60;
export const DAY = 1440;
export const WORKDAYS: DayKind[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

/** A step by started periods. */
export const each = (minutes: number, price: number, upTo: number | null = null): Step => ({
  upTo,
  minutes,
  price,
  prorated: false,
});
/** A step in proportion to its time. */
export const prorated = (minutes: number, price: number, upTo: number | null = null): Step => ({
  ...each(minutes, price, upTo),
  prorated: true,
});
/** A step that is paid once. */
export const once = (price: number, upTo: number | null = null): Step => ({
  upTo,
  minutes: null,
  price,
  prorated: false,
});

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** "20:00-08:00" on some kinds of day. */
export const daily = (hours: string, ...days: DayKind[]): Window => ({
  days,
  from: minuteOf(hours.slice(0, 5)),
  to: minuteOf(hours.slice(6)),
});

export const band = (name: string, windows: Window[], steps: Step[], over: Partial<Band> = {}): Band => ({
  name,
  windows,
  entered: [],
  steps,
  restart: 'NEVER',
  atEnd: 'CUT',
  ...over,
});

export const cap = (amount: number, per: Cap['per'], over: Partial<Cap> = {}): Cap => ({
  amount,
  per,
  bands: [],
  only: null,
  ...over,
});

export const eur = (steps: Step[], over: Partial<TariffRules> = {}): TariffRules =>
  simpleTariff('EUR', steps, over);
export const banded = (bands: Band[], over: Partial<TariffRules> = {}): TariffRules =>
  eur([], { ...over, bands });

/** An hour costs 2.00. */
export const hourly = (over: Partial<TariffRules> = {}): TariffRules => eur([each(HOUR, 200)], over);

/** Instants of Madrid's local time in summer; 2026-05-04 was a Monday. */
export const may = (day: number, time = '00:00'): Date =>
  new Date(Date.parse(`2026-05-${String(day).padStart(2, '0')}T${time}:00.000Z`) - 2 * 3_600_000);

export const later = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000);

type Beside = Omit<Stay, 'enteredAt' | 'at'>;

export const charged = (
  rules: TariffRules,
  from: Date,
  to: Date,
  beside: Beside = {},
  zone = 'Europe/Madrid',
): Charge => chargeStay(new CompiledTariff(rules, zone), { enteredAt: from, at: to, ...beside });

export const costs = (
  rules: TariffRules,
  from: Date,
  to: Date,
  beside: Beside = {},
  zone = 'Europe/Madrid',
): number => charged(rules, from, to, beside, zone).amount;

/** What a stay of so many minutes from Monday 10:00 costs. */
export const costsFor = (rules: TariffRules, minutes: number, beside: Beside = {}): number =>
  costs(rules, may(4, '10:00'), later(may(4, '10:00'), minutes), beside);

export const chargedFor = (rules: TariffRules, minutes: number, beside: Beside = {}): Charge =>
  charged(rules, may(4, '10:00'), later(may(4, '10:00'), minutes), beside);
