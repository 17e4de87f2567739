import { toDecimal } from '@plaza/platform/money';
import type { PrintableReceipt } from '../database/receipt.queries.js';
import { receiptNumber, taxesPaid } from '../domain/receipt.js';
import { explain, type Language } from '../domain/tariff/explanations/explain.js';
import { percentIn } from '../domain/tariff/explanations/figures.js';
import { RECEIPT_WORDS } from './receipt-words.js';

/**
 * A printed row: its cells stand side by side. A single one takes the page; with two the second is an amount on the right;
 * more are columns of one width. Null is a rule across the page.
 */
export type PrintedRow = {
  cells: readonly string[];
  /** In points; 8 unless told. */
  size?: number;
  bold?: boolean;
  centred?: boolean;
} | null;

const SMALL = 7;

/** What a receipt says, from its top to above its QR code. */
export function receiptRows(printable: PrintableReceipt, language: Language): PrintedRow[] {
  const { receipt, payment, ticketCode, enteredAt, timeZone } = printable;
  const words = RECEIPT_WORDS[language];
  const { quote, currencyCode } = payment;
  const decimal = (minor: number) => toDecimal(minor, currencyCode);
  const money = (minor: number) => `${currencyCode} ${decimal(minor)}`;
  const dates = new Intl.DateTimeFormat(words.dates, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const row = (...cells: string[]) => ({ cells });
  const { organizationName, locationName } = receipt;
  return [
    ...(organizationName ? [{ cells: [organizationName], size: 11, bold: true, centred: true }] : []),
    ...(locationName ? [{ cells: [locationName], centred: true }] : []),
    null,
    { cells: [`${words.receipt} ${receiptNumber(receipt)}`], bold: true },
    row(`${words.ticket} ${ticketCode}`),
    row(`${words.entered} ${dates.format(enteredAt)}`),
    row(`${words.paid} ${dates.format(payment.paidAt)}`),
    null,
    ...quote.lines.map((line) => row(explain(line, currencyCode, language), decimal(line.amount))),
    null,
    row(words.total, money(quote.total)),
    ...(quote.paid === 0 ? [] : [row(words.paidBefore, money(quote.paid))]),
    { cells: [words.method[payment.method], money(payment.amount)], bold: true },
    ...cashRows(printable, language),
    ...taxRows(printable, language),
    null,
  ];
}

/** What was handed over and what came back, where it was told. */
function cashRows({ payment }: PrintableReceipt, language: Language): PrintedRow[] {
  const words = RECEIPT_WORDS[language];
  const { amount, rounding, cashReceived, currencyCode } = payment;
  const money = (minor: number) => `${currencyCode} ${toDecimal(minor, currencyCode)}`;
  const received = cashReceived ?? null;
  return [
    ...(rounding === 0 ? [] : [{ cells: [words.rounding, money(rounding)] }]),
    ...(received === null
      ? []
      : [
          { cells: [words.received, money(received)] },
          { cells: [words.change, money(received - amount - rounding)] },
        ]),
  ];
}

/** What was paid by the rate of its tax, where a rate is known. */
function taxRows({ payment }: PrintableReceipt, language: Language): PrintedRow[] {
  const { dates, taxes } = RECEIPT_WORDS[language];
  const shares = taxesPaid(payment);
  if (shares.every(({ percent }) => percent === null)) return [];
  const decimal = (minor: number) => toDecimal(minor, payment.currencyCode);
  return [
    null,
    { cells: [taxes.rate, taxes.net, taxes.tax, taxes.gross], size: SMALL, bold: true },
    ...shares.map((share) => ({
      cells: [
        share.percent === null ? '–' : percentIn(dates, share.percent),
        decimal(share.amount - share.tax),
        decimal(share.tax),
        decimal(share.amount),
      ],
      size: SMALL,
    })),
  ];
}
