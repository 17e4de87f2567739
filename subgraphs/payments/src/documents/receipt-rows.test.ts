import type { PrintableReceipt } from '../database/receipt.queries.js';
import { receiptRows } from './receipt-rows.js';

const line = (amount: number, taxPercent: number | null) => ({
  rule: 'START_FEE',
  name: null,
  from: new Date('2026-05-04T06:00:00Z'),
  to: new Date('2026-05-04T08:00:00Z'),
  quantity: 1,
  unit: null,
  unitPrice: amount,
  amount,
  taxPercent,
});

/** The rows of a receipt for one payment of all that was due, as texts. */
function printed(
  payment: object,
  lines: object[] = [line(1000, 21)],
  language: 'EN' | 'ES' = 'EN',
): (readonly string[] | null)[] {
  const printable = {
    receipt: { year: 2026, number: 42, organizationName: 'Aparcamientos', locationName: 'Puerta' },
    payment: {
      method: 'CASH',
      currencyCode: 'EUR',
      amount: 1000,
      tax: 174,
      rounding: 0,
      cashReceived: null,
      paidAt: new Date('2026-05-04T08:00:00Z'),
      quote: { lines, total: 1000, tax: 174, paid: 0, due: 1000 },
      ...payment,
    },
    ticketCode: 'ABCD',
    enteredAt: new Date('2026-05-04T06:00:00Z'),
    timeZone: 'Europe/Madrid',
  } as unknown as PrintableReceipt;
  return receiptRows(printable, language).map((row) => row && row.cells);
}

const after = (rows: (readonly string[] | null)[], first: string) =>
  rows.slice(rows.findIndex((row) => row?.[0] === first));

test('cash that was told is printed with what came back, rounded to coins or not', () => {
  expect(after(printed({ cashReceived: 2000 }), 'Paid in cash').slice(0, 3)).toEqual([
    ['Paid in cash', 'EUR 10.00'],
    ['Cash received', 'EUR 20.00'],
    ['Change', 'EUR 10.00'],
  ]);
  expect(
    after(printed({ amount: 1002, rounding: -2, cashReceived: 1000 }), 'Paid in cash').slice(0, 4),
  ).toEqual([
    ['Paid in cash', 'EUR 10.02'],
    ['Rounded to coins', 'EUR -0.02'],
    ['Cash received', 'EUR 10.00'],
    ['Change', 'EUR 0.00'],
  ]);
});

test('nothing of coins is printed where nothing was told, or a card paid', () => {
  expect(after(printed({}), 'Paid in cash').slice(0, 2)).toEqual([['Paid in cash', 'EUR 10.00'], null]);
  expect(after(printed({ method: 'CARD' }), 'Paid by card').slice(0, 2)).toEqual([
    ['Paid by card', 'EUR 10.00'],
    null,
  ]);
});

test('each rate of tax is printed with its net amount, its tax and their sum', () => {
  const two = printed({ tax: 119 }, [line(400, 21), line(600, 8.5), line(0, null)], 'ES');
  expect(after(two, 'Impuesto').slice(0, 3)).toEqual([
    ['Impuesto', 'Base', 'Cuota', 'Total'],
    ['21\u00a0%', expect.any(String), expect.any(String), '4.00'],
    ['8,5\u00a0%', expect.any(String), expect.any(String), '6.00'],
  ]);
  const one = after(printed({}), 'Tax rate');
  expect(one.slice(0, 3)).toEqual([
    ['Tax rate', 'Net', 'Tax', 'Gross'],
    ['21%', '8.26', '1.74', '10.00'],
    null,
  ]);
});

test('without a stated rate nothing is said of tax', () => {
  expect(printed({ tax: 0 }, [line(1000, null)]).flat()).not.toContain('Tax rate');
});
