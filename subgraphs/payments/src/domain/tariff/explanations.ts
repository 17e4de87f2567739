import { toDecimal } from '@plaza/platform/money';

const price = (minor: number, currencyCode: string) => `${currencyCode} ${toDecimal(minor, currencyCode)}`;

const span = (minutes: number): string =>
  minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const freeTimeExplained = (freeMinutes: number): string =>
  freeMinutes === 0 ? 'Nothing to pay yet.' : `Free when you leave within ${span(freeMinutes)} of entering.`;

export const incrementsExplained = (
  count: number,
  minutes: number,
  minor: number,
  currencyCode: string,
): string => `${counted(count, 'started period')} of ${span(minutes)} at ${price(minor, currencyCode)}.`;

export const capExplained = (days: number, minor: number, currencyCode: string): string =>
  `${counted(days, 'day')} of 24 hours at the daily maximum of ${price(minor, currencyCode)}.`;

export const nothingExplained = {
  NO_TARIFF: 'Free of charge: the location had no tariff when the vehicle entered.',
  VOID: 'The ticket is void: nothing is charged.',
};
