import type { Transaction } from '@plaza/platform/database/transaction';
import { book } from '../database/ledger.queries.js';
import { markSettled, readUnsettled } from '../database/validation.queries.js';
import { linesOfValidation } from '../domain/ledger.js';
import type { Quote } from '../domain/tariff/quote.js';
import { owedFor, takenOff } from '../domain/validation.js';

/** A stay at the instant at which its cost became known. */
export interface SettledStay {
  ticketId: string;
  locationId: string;
  tariffVersionId: string | null;
  quote: Pick<Quote, 'lines' | 'currencyCode'>;
  settledAt: Date;
}

/** Fixes what the validations of a stay took off, and books what their merchants owe for it. The stay must be locked. */
export async function settleValidations(tx: Transaction, stay: SettledStay): Promise<void> {
  const { ticketId, locationId, tariffVersionId, quote, settledAt } = stay;
  const { currencyCode } = quote;
  for (const { id, name, owed, tax } of await readUnsettled(tx, ticketId, tariffVersionId)) {
    const amount = takenOff(quote.lines, name);
    await markSettled(tx, id, { amount, owed, tariffVersionId, settledAt });
    if (!owed || amount === 0) continue;
    const lines = linesOfValidation([owedFor(amount, tax)]);
    await book(tx, { validationId: id, locationId, occurredAt: settledAt, currencyCode, lines });
  }
}
