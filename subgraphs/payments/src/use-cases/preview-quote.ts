import { badUserInput } from '@plaza/platform/errors';
import { requireScope } from '@plaza/platform/viewer';
import { quoteStay } from '../domain/tariff/quote.js';
import type { PaymentsContext } from './context.js';
import type { QuoteOfTicket } from './record-exit.js';
import { readRules, type TariffRulesInput } from './tariff-rules-input.js';

export interface PreviewQuoteInput {
  tariff: TariffRulesInput;
  enteredAt: Date;
  exitedAt: Date;
}

/** What a stay would cost under rules that need not be published. Throws BAD_USER_INPUT that names the faulty rule. */
export function previewQuote({ viewer }: PaymentsContext, input: PreviewQuoteInput): QuoteOfTicket {
  requireScope(viewer, 'tariffs:read');
  const { tariff, enteredAt, exitedAt } = input;
  if (exitedAt < enteredAt) throw badUserInput('exitedAt', 'This lies before the entry.');
  const checked = readRules(tariff);
  if ('faults' in checked) {
    const [fault] = checked.faults;
    throw badUserInput(`tariff.${fault?.path}`, fault?.message ?? 'The tariff is wrong.');
  }
  const stay = { enteredAt, at: exitedAt, received: 0, refunded: 0, lastPaidAt: null };
  return { ...quoteStay(checked.rules, checked.rules.currencyCode, stay), tariffVersionId: null };
}
