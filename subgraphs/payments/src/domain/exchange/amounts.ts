import { currencyDigits, toDecimal } from '@plaza/platform/money';

const exact = (amount: number): number => Math.round(amount * 1e6) / 1e6;

/** A decimal of a document in minor units, which may have fractions: 0.285 EUR is 28.5. */
export const minorOf = (decimal: number, currencyCode: string): number => {
  const minor = decimal * 10 ** currencyDigits(currencyCode);
  // what is too small to be charged is still not free
  return exact(minor) || Number(minor.toPrecision(6));
};

/** Minor units, perhaps with fractions, as the decimal of a document. */
export const decimalOf = (minor: number, currencyCode: string): number =>
  exact(minor / 10 ** currencyDigits(currencyCode));

/** True when a decimal has no more places than the formats carry safely: four. */
export const hasFourPlaces = (decimal: number): boolean =>
  Math.abs(decimal * 1e4 - Math.round(decimal * 1e4)) < 1e-4;

/** Whole minor units as a reader knows them: "12.50 EUR". */
export const shown = (minor: number, currencyCode: string): string =>
  `${toDecimal(minor, currencyCode)} ${currencyCode}`;
