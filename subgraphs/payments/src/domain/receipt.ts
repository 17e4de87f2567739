import type { PaidQuote } from './payment.js';
import { shareOut, sharesOfLines, type TaxShare } from './tax-shares.js';

/** A receipt's number as it is printed: "2026-000042". */
export const receiptNumber = ({ year, number }: { year: number; number: number }): string =>
  `${year}-${String(number).padStart(6, '0')}`;

/** What a receipt's QR code holds: whoever scans it asks the graph for the receipt with this id. */
export const receiptCode = (receipt: { id: string; year: number; number: number }): string =>
  `plaza:receipt:${receiptNumber(receipt)}:${receipt.id}`;

/** What a payment paid, by the rate of its tax; the same shares as in the ledger. */
export const taxesPaid = (payment: {
  amount: number;
  tax: number;
  quote: Pick<PaidQuote, 'lines'>;
}): TaxShare[] => shareOut(sharesOfLines(payment.quote.lines), payment);
