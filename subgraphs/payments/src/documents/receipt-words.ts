import type { PaymentMethod } from '../domain/payment.js';
import type { Language } from '../domain/tariff/explanations/explain.js';

/** What is printed around the figures of a receipt. */
export interface ReceiptWords {
  /** The BCP 47 tag by which dates are written. */
  dates: string;
  receipt: string;
  ticket: string;
  entered: string;
  paid: string;
  total: string;
  paidBefore: string;
  rounding: string;
  received: string;
  change: string;
  /** The heads of the columns of taxes. */
  taxes: { rate: string; net: string; tax: string; gross: string };
  method: Record<PaymentMethod, string>;
}

export const RECEIPT_WORDS: Record<Language, ReceiptWords> = {
  EN: {
    dates: 'en-GB',
    receipt: 'Receipt',
    ticket: 'Ticket',
    entered: 'Entered',
    paid: 'Paid',
    total: 'Total',
    paidBefore: 'Paid before',
    rounding: 'Rounded to coins',
    received: 'Cash received',
    change: 'Change',
    taxes: { rate: 'Tax rate', net: 'Net', tax: 'Tax', gross: 'Gross' },
    method: { CASH: 'Paid in cash', CARD: 'Paid by card', DIGITAL: 'Paid by app' },
  },
  ES: {
    dates: 'es-ES',
    receipt: 'Recibo',
    ticket: 'Tique',
    entered: 'Entrada',
    paid: 'Pago',
    total: 'Total',
    paidBefore: 'Pagado antes',
    rounding: 'Redondeo en monedas',
    received: 'Efectivo recibido',
    change: 'Cambio',
    taxes: { rate: 'Impuesto', net: 'Base', tax: 'Cuota', gross: 'Total' },
    method: { CASH: 'Pagado en efectivo', CARD: 'Pagado con tarjeta', DIGITAL: 'Pagado con la aplicación' },
  },
};
