import type { PaidQuote } from './payment.js';
import { taxWithin } from './tariff/quote.js';
import { shareOutNext, sharesOfLines, type TaxShare } from './tax-shares.js';

/** A receipt's number as it is printed: "2026-000042". */
export const receiptNumber = ({ year, number }: { year: number; number: number }): string =>
  `${year}-${String(number).padStart(6, '0')}`;

/** What a receipt's QR code holds: whoever scans it asks the graph for the receipt with this id. */
export const receiptCode = (receipt: { id: string; year: number; number: number }): string =>
  `plaza:receipt:${receiptNumber(receipt)}:${receipt.id}`;

/** What a payment paid, by the rate of its tax; the ledger books the same. All payments of a stay have its rates. */
export function taxesPaid(payment: {
  amount: number;
  tax: number;
  quote: Pick<PaidQuote, 'lines' | 'total' | 'tax' | 'paid'>;
}): TaxShare[] {
  const { lines, total, tax, paid } = payment.quote;
  const before = Math.max(0, paid);
  const taxBefore = taxWithin({ amount: total, tax }, before) ?? 0;
  return shareOutNext(sharesOfLines(lines), { amount: before, tax: taxBefore }, payment);
}
