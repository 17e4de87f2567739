import type { Phrases } from './phrases.js';

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const named = (band: string | null) => (band === null ? '' : `${band}: `);

const CAPS = {
  STAY: () => 'the maximum for a stay',
  HOURS_24: (count: number) => `${counted(count, 'day')} of 24 hours at the daily maximum`,
  DAYS_7: (count: number) => `${counted(count, 'week')} of 7 days at the weekly maximum`,
  DAY: (count: number) => `${counted(count, 'calendar day')} at the daily maximum`,
  WEEK: (count: number) => `${counted(count, 'calendar week')} at the weekly maximum`,
  BAND: (count: number) => `${count === 1 ? '' : `${count} times `}the maximum for these hours`,
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const english: Phrases = {
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
  cap: (count, per, price, band) => capital(`${named(band)}${CAPS[per](count)} of ${price}.`),
  startFee: (price) => `Start fee of ${price}.`,
  minimum: (difference) => `${difference} up to the minimum charge.`,
  maximum: (difference) => `${difference} less, down to the maximum charge.`,
  lostTicket: () => 'Fee for a lost ticket.',
  noShow: () => 'Fee for a booking that was not used.',
  overstay: (duration, price) => `Longer than the maximum stay of ${duration}: ${price}.`,
  item: (name, quantity, unit, price) => `${name}: ${quantity} ${unit} at ${price}.`,
  earlierPart: (price) =>
    price === null
      ? 'Goes on from the earlier part of this stay, which cost nothing.'
      : `Already charged for the earlier part of this stay: ${price}.`,
  discount: (name) => `${name}.`,
  tax: (percent) => `Tax of ${percent} %.`,
  rounding: () => 'Rounding.',
  noTariff: () => 'Free of charge: the location had no tariff when the vehicle entered.',
  void: () => 'The ticket is void: nothing is charged.',
};
