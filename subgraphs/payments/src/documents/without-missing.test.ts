import PDFDocument from 'pdfkit';
import { FONTS } from './receipt-pdf.js';
import { withoutMissing } from './without-missing.js';

const doc = new PDFDocument({ autoFirstPage: false });
beforeAll(() => doc.font(FONTS.plain));

test.each([
  ['Aparcamientos Łódź', 'Aparcamientos Łódź'],
  ['Παρκινγκ Центр', 'Παρκινγκ Центр'],
  ['🚗 Parking 🅿️ Sol', 'Parking Sol'],
  ['👩‍👩‍👧 Family car park', 'Family car park'],
  ['株式会社パーク Tokyo', '… Tokyo'],
  ['Ｐａｒｋ ２', 'Park 2'],
  ['株式会社', '…'],
  ['🚗🚙', ''],
])('%j is written as %j', (text, written) => {
  expect(withoutMissing(doc, text)).toBe(written);
});
