import { numberIn } from './figures.js';
import type { Phrases } from './phrases.js';

const TAG = 'en';
const counted = (count: number, noun: string) => `${numberIn(TAG, count)} ${noun}${count === 1 ? '' : 's'}`;
const named = (band: string | null) => (band === null ? '' : `${band}: `);

const CAPS = {
  STAY: () => 'the maximum for a stay',
  HOURS_24: (count: number) => `${counted(count, 'day')} of 24 hours at the daily maximum`,
  DAYS_7: (count: number) => `${counted(count, 'week')} of 7 days at the weekly maximum`,
  DAY: (count: number) => `${counted(count, 'calendar day')} at the daily maximum`,
  WEEK: (count: number) => `${counted(count, 'calendar week')} at the weekly maximum`,
  BAND: (count: number) => `${count === 1 ? '' : `${count} times `}the maximum for these hours`,
};

/** What many of a unit are called; how others are counted is not known. */
const UNITS: Readonly<Record<string, string>> = {
  piece: 'pieces',
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  night: 'nights',
  litre: 'litres',
  kWh: 'kWh',
  km: 'km',
  kg: 'kg',
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const english: Phrases = {
  tag: TAG,
  duration(minutes) {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    const parts = [hours > 0 && counted(hours, 'hour'), rest > 0 && counted(rest, 'minute')];
    return parts.filter(Boolean).join(' ') || counted(0, 'minute');
  },
  freeOnEntry: (duration) =>
    duration === null ? 'Nothing to pay yet.' : `Free when you leave within ${duration} of entering.`,
  freeTime: (band) => `${named(band)}Free of charge at this time.`,
  permit: () => 'Covered by the permit.',
  increments: (count, duration, price, band) =>
    `${named(band)}${counted(count, 'started period')} of ${duration} at ${price}.`,
  time: (minutes, duration, price, band) =>
    `${named(band)}${english.duration(minutes)} at ${price} for ${duration}.`,
  flat: (price, band) => `${named(band)}Flat price of ${price}.`,
  coveredByFlat: (band) => `${named(band)}Covered by the flat price charged before.`,
  cap: (count, per, price, band) => capital(`${named(band)}${CAPS[per](count)} of ${price}.`),
  startFee: (price) => `Start fee of ${price}.`,
  minimum: (difference) => `${difference} up to the minimum charge.`,
  maximum: (difference) => `${difference} less, down to the maximum charge.`,
  lostTicket: () => 'Fee for a lost ticket.',
  noShow: () => 'Fee for a booking that was not used.',
  overstay: (allowed, price) => `Longer than the maximum stay of ${allowed}: ${price}.`,
  overstayPeriods: (allowed, count, duration, price) =>
    `Longer than the maximum stay of ${allowed}: ${counted(count, 'started period')} of ${duration} at ${price}.`,
  item(name, quantity, unit, price) {
    const [count, many] = [numberIn(TAG, quantity), UNITS[unit]];
    if (many === undefined) return `${name}: ${count} × ${price} per ${unit}.`;
    return `${name}: ${count} ${quantity === 1 ? unit : many} at ${price} per ${unit}.`;
  },
  earlierPart: (price) =>
    price === null
      ? 'Goes on from the earlier part of this stay, which cost nothing.'
      : `Already charged for the earlier part of this stay: ${price}.`,
  discount: (name, off) => `${name}: ${off} less.`,
  discountPercent: (name, percent, off) => `${name}: ${percent} off, ${off} less.`,
  discountTime: (name, duration, off) => `${name}: ${duration} free of charge, ${off} less.`,
  tax: (percent) => `Tax of ${percent}.`,
  rounding: () => 'Rounding.',
  noTariff: () => 'Free of charge: the location had no tariff when the vehicle entered.',
  void: () => 'The ticket is void: nothing is charged.',
};
