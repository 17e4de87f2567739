import { badUserInput } from '@plaza/platform/errors';
import { canonicalTimeZone } from '@plaza/platform/time-zone';
import { requireScope } from '@plaza/platform/viewer';
import type { VehicleKind } from '../domain/stay.js';
import { quoteStay } from '../domain/tariff/quote.js';
import type { PaymentsContext } from './context.js';
import type { QuoteOfTicket } from './record-exit.js';
import { readRules, type TariffRulesInput } from './tariff-rules-input.js';

export interface PreviewQuoteInput {
  tariff: TariffRulesInput;
  enteredAt: Date;
  exitedAt: Date;
  /** No rule of a tariff tells kinds apart yet. */
  vehicleKind?: VehicleKind | null;
  /** An IANA name. Tariffs charge elapsed time, so no rule of one reads a clock yet. */
  timeZone?: string | null;
}

/** What a stay would cost under rules that need not be published. Throws BAD_USER_INPUT that names the faulty rule or argument. */
export function previewQuote({ viewer }: PaymentsContext, input: PreviewQuoteInput): QuoteOfTicket {
  requireScope(viewer, 'tariffs:read');
  const { tariff, enteredAt, exitedAt, timeZone } = input;
  if (exitedAt < enteredAt) throw badUserInput('exitedAt', 'This lies before the entry.');
  if (typeof timeZone === 'string' && canonicalTimeZone(timeZone) === null) {
    throw badUserInput('timeZone', 'A time zone is an IANA name such as "Europe/London".');
  }
  const checked = readRules(tariff);
  if ('faults' in checked) {
    const [fault] = checked.faults;
    throw badUserInput(`tariff.${fault?.path}`, fault?.message ?? 'The tariff is wrong.');
  }
  const stay = { enteredAt, at: exitedAt, received: 0, refunded: 0, lastPaidAt: null };
  return { ...quoteStay(checked.rules, checked.rules.currencyCode, stay), tariffVersionId: null };
}
