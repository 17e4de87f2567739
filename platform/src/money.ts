import { badUserInput } from './errors.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,4})?$/;
const digits = new Map<string, number>();

/** How many decimals a currency has (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. Throws BAD_USER_INPUT for a code that is none. */
export function currencyDigits(currencyCode: string): number {
  let known = digits.get(currencyCode);
  if (known === undefined) {
    if (!CURRENCIES.has(currencyCode)) {
      throw badUserInput(
        'currencyCode',
        `${JSON.stringify(currencyCode).slice(0, 12)} is not an ISO 4217 code.`,
      );
    }
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode });
    known = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currencyCode, known);
  }
  return known;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

export const isCurrencyCode = (text: string): boolean => CURRENCIES.has(text);

/** Minor units as a decimal string: 1250 EUR is "12.50". */
export function toDecimal(minor: number, currencyCode: string): string {
  const places = currencyDigits(currencyCode);
  const text = Math.abs(minor)
    .toString()
    .padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const sign = minor < 0 ? '-' : '';
  return places === 0 ? sign + whole : `${sign}${whole}.${text.slice(-places)}`;
}

/** A decimal string as minor units: "12.5" EUR is 1250. Throws BAD_USER_INPUT for text that is no amount of this currency. */
export function fromDecimal(text: string, currencyCode: string, field = 'amount'): number {
  const places = currencyDigits(currencyCode);
  if (!DECIMAL.test(text)) throw badUserInput(field, 'An amount is a decimal string such as "12.50".');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  if (/[1-9]/.test(fraction.slice(places))) {
    throw badUserInput(field, `${currencyCode} has ${places} decimals.`);
  }
  const minor = Number(whole + fraction.slice(0, places).padEnd(places, '0'));
  if (!Number.isSafeInteger(minor)) throw badUserInput(field, 'The amount is too large.');
  return text.startsWith('-') && minor !== 0 ? -minor : minor;
}
