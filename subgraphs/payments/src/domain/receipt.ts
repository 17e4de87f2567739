import type { PaidQuote } from './payment.js';
import { shareOut, shareOutNext, sharesOfLines, type TaxShare } from './tax-shares.js';

/** A receipt's number as it is printed: "2026-000042". */
export const receiptNumber = ({ year, number }: { year: number; number: number }): string =>
  `${year}-${String(number).padStart(6, '0')}`;

/** What a receipt's QR code holds: whoever scans it asks the graph for the receipt with this id. */
export const receiptCode = (receipt: { id: string; year: number; number: number }): string =>
  `plaza:receipt:${receiptNumber(receipt)}:${receipt.id}`;

/**
 * What a payment of so much pays, by the rate of its tax: of each rate what earlier payments, who paid `taxed`, left of it. The receipt
 * prints it, and the ledger books it.
 */
export function taxesPaid({
  amount,
  // a payment from before this was kept has none
  quote: { lines, total, tax, taxed = [] },
}: {
  amount: number;
  quote: Pick<PaidQuote, 'lines' | 'total' | 'tax' | 'taxed'>;
}): TaxShare[] {
  const shares = sharesOfLines(lines);
  const charged = shares.reduce((sum, share) => sum + share.amount, 0);
  // what was let off is no longer in the total, and in none of the rates that are left
  const whole = charged === total ? shareOut(shares, { amount: total, tax: tax ?? 0 }) : shares;
  return shareOutNext(whole, taxed, amount);
}
