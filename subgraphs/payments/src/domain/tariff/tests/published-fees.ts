import type { Stay } from '../charge.js';
import { simpleTariff, type Step, type TariffRules } from '../tariff-rules.js';
import { cap, DAY, each, eur, HOUR, once, prorated } from './tariffs.js';

/** A fee that somebody published for a stay. Amounts are minor units. */
export interface Published {
  id: string;
  rules: TariffRules;
  /** Minutes. */
  stay: number;
  fee: number;
  /** Local time of the zone; a Monday at 10:00 in Madrid where it does not matter. */
  enteredAt?: Date;
  zone?: string;
  beside?: Partial<Stay>;
  /** What the fee is with tax, where the source tells both: `fee` is then without. */
  withTax?: number;
}

const many = (id: string, rules: TariffRules, fees: [minutes: number, fee: number][]): Published[] =>
  fees.map(([stay, fee], at) => ({ id: `${id}-${String(at + 1).padStart(2, '0')}`, rules, stay, fee }));
const usd = (steps: Step[], over: Partial<TariffRules> = {}) => simpleTariff('USD', steps, over);
const jpy = (steps: Step[], over: Partial<TariffRules> = {}) => simpleTariff('JPY', steps, over);

// github mgaertne/airport: the examples of the parking calculator of "ATDD by Example"
const valet = usd([once(1200, 5 * HOUR), once(600, DAY), each(DAY, 1800)]);
const short = usd([each(HOUR, 200, HOUR), each(30, 100)], { caps: [cap(2400, 'HOURS_24')] });
const economy = usd([each(HOUR, 200)], { caps: [cap(900, 'HOURS_24'), cap(5400, 'DAYS_7')] });
const week = 7 * DAY;
const ATDD = [
  ...many('atdd-valet', valet, [
    [30, 1200],
    [3 * HOUR, 1200],
    [5 * HOUR, 1200],
    [5 * HOUR + 1, 1800],
    [12 * HOUR, 1800],
    [DAY, 1800],
    [DAY + 1, 3600],
    [3 * DAY, 5400],
    [week, 12_600],
  ]),
  ...many('atdd-short-term', short, [
    [30, 200],
    [HOUR, 200],
    [3.5 * HOUR, 700],
    [12.5 * HOUR, 2400],
    [DAY + 30, 2500],
    [DAY + HOUR, 2600],
  ]),
  ...many('atdd-economy', economy, [
    [30, 200],
    [HOUR, 200],
    [4 * HOUR, 800],
    [5 * HOUR, 900],
    [6 * HOUR, 900],
    [DAY, 900],
    [DAY + HOUR, 1100],
    [DAY + 3 * HOUR, 1500],
    [DAY + 5 * HOUR, 1800],
    [6 * DAY, 5400],
    [6 * DAY + HOUR, 5400],
    [week, 5400],
    [week + 2 * DAY, 7200],
    [3 * week, 16_200],
  ]),
];

// coyabadance.org and parkcode.appbatake.com explain Japanese coin parking
const tens = [each(10, 100)];
const twenties = jpy([each(20, 100)]);
const capped = jpy([each(20, 200)], { caps: [cap(1500, 'HOURS_24')] });
const JAPAN: Published[] = [
  { id: 'jp-coya-1', rules: jpy(tens, { caps: [cap(2000, 'HOURS_24')] }), stay: 3 * HOUR, fee: 1800 },
  {
    id: 'jp-coya-2',
    rules: jpy(tens, { caps: [cap(2000, 'DAY')] }),
    stay: 10 * HOUR,
    fee: 3200,
    enteredAt: new Date('2026-03-01T22:00:00+09:00'),
    zone: 'Asia/Tokyo',
  },
  {
    id: 'jp-coya-3',
    rules: jpy(tens, { caps: [cap(2000, 'HOURS_24')] }),
    stay: 12 * HOUR,
    fee: 2000,
    enteredAt: new Date('2026-03-01T20:00:00+09:00'),
    zone: 'Asia/Tokyo',
  },
  { id: 'jp-parkcode-21min', rules: twenties, stay: 21, fee: 200 },
  { id: 'jp-parkcode-30min', rules: twenties, stay: 30, fee: 200 },
  { id: 'jp-parkcode-60min', rules: twenties, stay: 60, fee: 300 },
  { id: 'jp-parkcode-120min', rules: twenties, stay: 120, fee: 600 },
  { id: 'jp-parkcode-cap-3hours', rules: capped, stay: 3 * HOUR, fee: 1500 },
  { id: 'jp-parkcode-cap-24hours', rules: capped, stay: DAY, fee: 1500 },
];

// El Pais of 2005-04-06 on Madrid; the ordinance 3.15 of Errenteria: 1.948 for an hour, in proportion, rounded to 0.05
const madrid = eur([once(90, 30), each(5, 15, 2 * HOUR), each(5, 20, 12 * HOUR)]);
const errenteria = eur([prorated(600, 1948)], {
  rounding: { mode: 'HALF_UP', unit: 5, per: 'TOTAL', cashUnit: 1 },
});
// for the odd minutes from 1 to 59
const ROUNDED = [
  5, 10, 15, 25, 30, 35, 40, 50, 55, 60, 70, 75, 80, 90, 95, 100, 105, 115, 120, 125, 135, 140, 145, 155, 160,
  165, 170, 180, 185, 190,
];
const SPAIN: Published[] = [
  { id: 'es-madrid-50min', rules: madrid, stay: 50, fee: 150 },
  { id: 'es-madrid-30min', rules: madrid, stay: 30, fee: 90 },
  ...ROUNDED.map((fee, at) => ({
    id: `es-errenteria-${String(2 * at + 1).padStart(2, '0')}`,
    rules: errenteria,
    stay: 2 * at + 1,
    fee,
  })),
];

// RDW National Parking Register, area manager 203, fare TER03
const ter03 = eur([prorated(60, 30, 30), prorated(60, 60, 45), prorated(60, 80, 60), prorated(60, 50)]);
const NETHERLANDS = [30, 45, 60].map((stay, at) => ({
  id: `nl-203-TER03-${stay}`,
  rules: ter03,
  stay,
  fee: [15, 30, 50][at] as number,
}));

export const PUBLISHED: readonly Published[] = [...ATDD, ...JAPAN, ...SPAIN, ...NETHERLANDS];

/** What is published and charged otherwise, or not at all, and why. */
export const NOT_CHARGED: Record<string, string> = {
  'jp-parkcode-cap-30h-DISPUTED':
    'The source forgets the cap in the second 24 hours; by its own rule it is 3000.',
  'ocpi-3a': 'The specification prints two totals for the same stay.',
  'ocpi-4b': 'The example counts 1.20 an hour where the tariff that it names says 1.25.',
  'ocpi-14b':
    'All the time is rounded up by the step of the band in which it ends; here each band has its own periods.',
  'ocpi-step-2': 'As 14b: the total of two bands is rounded up.',
  'ocpi-step-4': 'As 14b: the energy of two prices is rounded up together.',
  'tandemdrive 025kwh_min_price cdr2':
    'The record is below the minimum that its tariff states, and does not charge it.',
};
