import { createRequire } from 'node:module';
import { toDecimal } from '@plaza/platform/money';
import PDFDocument from 'pdfkit';
import { create as createQrCode } from 'qrcode';
import type { PrintableReceipt } from '../database/receipt.queries.js';
import { receiptCode, receiptNumber, taxesPaid } from '../domain/receipt.js';
import { explain, type Language } from '../domain/tariff/explanations/explain.js';
import { RECEIPT_WORDS } from './receipt-words.js';

/** 80 mm, the width of the paper rolls of ticket machines, in points. */
const WIDTH = 227;
const MARGIN = 14;
const INNER = WIDTH - 2 * MARGIN;
const AMOUNT = 56;
const QR_SIZE = 96;

const { resolve } = createRequire(import.meta.url);
// the fonts that a PDF viewer brings along know no letters outside of western Europe
const FONTS = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};

/** A printed row: a text, with an amount on the right or centred without one; null is a rule across the page. */
type PrintedRow = { text: string; amount?: string; size?: number; bold?: boolean; centred?: boolean } | null;

/** The receipt as one page of PDF, as long as it needs to be. */
export async function receiptPdf(printable: PrintableReceipt, language: Language): Promise<Buffer> {
  const rows = rowsOf(printable, language);
  const { receipt } = printable;
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    lang: RECEIPT_WORDS[language].dates,
    info: {
      Title: `${RECEIPT_WORDS[language].receipt} ${receiptNumber(receipt)}`,
      CreationDate: receipt.issuedAt,
    },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((done, failed) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => done(Buffer.concat(chunks)));
    doc.on('error', failed);
  });
  const length = rows.reduce((sum, row) => sum + heightOf(doc, row), 0);
  doc.addPage({ size: [WIDTH, 2 * MARGIN + length + QR_SIZE], margin: 0 });
  let y = MARGIN;
  for (const row of rows) {
    printRow(doc, row, y);
    y += heightOf(doc, row);
  }
  printQrCode(doc, receiptCode(receipt), (WIDTH - QR_SIZE) / 2, y);
  doc.end();
  return ended;
}

function rowsOf(
  { receipt, payment, ticketCode, enteredAt, timeZone }: PrintableReceipt,
  language: Language,
): PrintedRow[] {
  const words = RECEIPT_WORDS[language];
  const { quote, currencyCode } = payment;
  const decimal = (minor: number) => toDecimal(minor, currencyCode);
  const money = (minor: number) => `${currencyCode} ${decimal(minor)}`;
  const dates = new Intl.DateTimeFormat(words.dates, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const fact = (text: string, amount: string) => ({ text, amount });
  return [
    ...(receipt.organizationName
      ? [{ text: receipt.organizationName, size: 11, bold: true, centred: true }]
      : []),
    ...(receipt.locationName ? [{ text: receipt.locationName, centred: true }] : []),
    null,
    { text: `${words.receipt} ${receiptNumber(receipt)}`, bold: true },
    { text: `${words.ticket} ${ticketCode}` },
    { text: `${words.entered} ${dates.format(enteredAt)}` },
    { text: `${words.paid} ${dates.format(payment.paidAt)}` },
    null,
    ...quote.lines.map((line) => fact(explain(line, currencyCode, language), decimal(line.amount))),
    null,
    fact(words.total, money(quote.total)),
    ...(quote.paid === 0 ? [] : [fact(words.paidBefore, money(quote.paid))]),
    { ...fact(words.method[payment.method], money(payment.amount)), bold: true },
    ...taxesPaid(payment)
      .filter(({ percent }) => percent !== null)
      .map(({ percent, tax }) => ({ ...fact(`${words.includedTax} ${percent} %`, money(tax)), size: 7 })),
    null,
  ];
}

const RULE = 11;
const GAP = 2.5;

function heightOf(doc: PDFKit.PDFDocument, row: PrintedRow): number {
  if (!row) return RULE;
  set(doc, row);
  return doc.heightOfString(row.text, { width: textWidth(row) }) + GAP;
}

function printRow(doc: PDFKit.PDFDocument, row: PrintedRow, y: number): void {
  if (!row) {
    const middle = y + RULE / 2 - GAP / 2;
    doc
      .moveTo(MARGIN, middle)
      .lineTo(WIDTH - MARGIN, middle)
      .lineWidth(0.5)
      .stroke();
    return;
  }
  set(doc, row);
  doc.text(row.text, MARGIN, y, { width: textWidth(row), align: row.centred ? 'center' : 'left' });
  if (row.amount !== undefined) {
    doc.text(row.amount, WIDTH - MARGIN - AMOUNT - 4, y, {
      width: AMOUNT + 4,
      align: 'right',
      lineBreak: false,
    });
  }
}

const set = (doc: PDFKit.PDFDocument, { bold, size = 8 }: NonNullable<PrintedRow>) =>
  doc.font(bold ? FONTS.bold : FONTS.plain).fontSize(size);

const textWidth = (row: NonNullable<PrintedRow>): number =>
  row.amount === undefined ? INNER : INNER - AMOUNT - 6;

/** Drawn as squares, sharp at any size. */
function printQrCode(doc: PDFKit.PDFDocument, text: string, left: number, top: number): void {
  const { modules } = createQrCode(text, { errorCorrectionLevel: 'M' });
  const side = QR_SIZE / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) doc.rect(left + column * side, top + row * side, side, side);
    }
  }
  doc.fill('black');
}
