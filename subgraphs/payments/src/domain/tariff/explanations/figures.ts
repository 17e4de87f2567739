import { currencyDigits, toDecimal } from '@plaza/platform/money';

const kept = new Map<string, Intl.NumberFormat>();

function format(tag: string, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${tag} ${key}`;
  let known = kept.get(name);
  if (!known) kept.set(name, (known = new Intl.NumberFormat(tag, options)));
  return known;
}

/** Minor units as a language writes money: "€2.50", "2,50 €". */
export function moneyIn(tag: string, minor: number, currencyCode: string): string {
  const digits = currencyDigits(currencyCode);
  const options = { style: 'currency', currency: currencyCode, minimumFractionDigits: digits } as const;
  return format(tag, currencyCode, options).format(
    toDecimal(minor, currencyCode) as Intl.StringNumericLiteral,
  );
}

/** A quantity: "12.4", "12,4". */
export const numberIn = (tag: string, quantity: number): string =>
  format(tag, 'number', { maximumFractionDigits: 9 }).format(quantity);

/** A percentage: "7.7%", "7,7 %". */
export const percentIn = (tag: string, percent: number): string =>
  format(tag, 'percent', { style: 'percent', maximumFractionDigits: 3 }).format(percent / 100);
