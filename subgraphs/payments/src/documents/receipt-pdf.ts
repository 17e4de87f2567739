import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { create as createQrCode } from 'qrcode';
import type { PrintableReceipt } from '../database/receipt.queries.js';
import { receiptCode, receiptNumber } from '../domain/receipt.js';
import type { Language } from '../domain/tariff/explanations/explain.js';
import { type PrintedRow, receiptRows } from './receipt-rows.js';
import { RECEIPT_WORDS } from './receipt-words.js';
import { withoutMissing } from './without-missing.js';

/** 80 mm, the width of the paper rolls of ticket machines, in points. */
const WIDTH = 227;
const MARGIN = 14;
const INNER = WIDTH - 2 * MARGIN;
const AMOUNT = 60;
const QR_SIZE = 96;
/** What stays empty above the QR code, as the margin does at its sides and below, so that cameras find it. */
const QR_GAP = 8;

const { resolve } = createRequire(import.meta.url);
// the fonts that a PDF viewer brings along know no letters outside of western Europe
export const FONTS = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};

/**
 * The receipt as one page of PDF, as long as it needs to be. Its QR code holds `address`, or without one the receipt's
 * number and id. What its font has no letters for is left out.
 */
export async function receiptPdf(
  printable: PrintableReceipt,
  language: Language,
  address: string | null,
): Promise<Buffer> {
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
  const rows = receiptRows(printable, language).map((row) => writable(doc, row));
  const length = rows.reduce((sum, row) => sum + heightOf(doc, row), 0);
  doc.addPage({ size: [WIDTH, 2 * MARGIN + length + QR_GAP + QR_SIZE], margin: 0 });
  let y = MARGIN;
  for (const row of rows) {
    printRow(doc, row, y);
    y += heightOf(doc, row);
  }
  printQrCode(doc, address ?? receiptCode(receipt), (WIDTH - QR_SIZE) / 2, y + QR_GAP);
  doc.end();
  return ended;
}

const RULE = 11;
const GAP = 2.5;

function writable(doc: PDFKit.PDFDocument, row: PrintedRow): PrintedRow {
  if (!row) return null;
  set(doc, row);
  return { ...row, cells: row.cells.map((text) => withoutMissing(doc, text)) };
}

function heightOf(doc: PDFKit.PDFDocument, row: PrintedRow): number {
  if (!row) return RULE;
  set(doc, row);
  return doc.heightOfString(row.cells[0] ?? '', { width: firstWidth(row) }) + GAP;
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
  const [first = '', ...others] = row.cells;
  doc.text(first, MARGIN, y, { width: firstWidth(row), align: row.centred ? 'center' : 'left' });
  const width = others.length === 1 ? AMOUNT + 4 : INNER / row.cells.length;
  for (const [index, text] of others.toReversed().entries()) {
    const left = WIDTH - MARGIN - (index + 1) * width;
    doc.text(text, left, y, { width, align: 'right', lineBreak: false });
  }
}

const set = (doc: PDFKit.PDFDocument, { bold, size = 8 }: NonNullable<PrintedRow>) =>
  doc.font(bold ? FONTS.bold : FONTS.plain).fontSize(size);

function firstWidth({ cells }: NonNullable<PrintedRow>): number {
  if (cells.length === 1) return INNER;
  return cells.length === 2 ? INNER - AMOUNT - 6 : INNER / cells.length;
}

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
