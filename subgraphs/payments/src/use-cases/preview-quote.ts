import { canonicalTimeZone } from '@plaza/platform/time-zone';
import { requireScope } from '@plaza/platform/viewer';
import type { VehicleKind } from '../domain/stay.js';
import { CompiledTariff } from '../domain/tariff/compiled-tariff.js';
import { DAY } from '../domain/tariff/local-time.js';
import { quoteStay } from '../domain/tariff/quote.js';
import type { RuleFault } from '../domain/tariff/tariff-rules.js';
import type { PaymentsContext } from './context.js';
import type { QuoteOfTicket } from './record-exit.js';
import { PreviewWork } from './preview-quote-work.js';
import { readStay, type SupposedStay } from './preview-quote-stay.js';
import { requireRules } from './required-tariff-rules.js';
import type { TariffRulesInput } from './tariff-rules-input.js';

export interface PreviewQuoteInput {
  tariff: TariffRulesInput;
  enteredAt: Date;
  exitedAt: Date;
  /** No rule of a tariff tells kinds apart: a location has one tariff for all. */
  vehicleKind?: VehicleKind | null;
  /** An IANA name; UTC unless told. */
  timeZone?: string | null;
  stay?: SupposedStay | null;
}

// each of its days is metered: an age would keep everybody else waiting
const LONGEST_DAYS = 100;

/**
 * What a stay would cost under rules that need not be published. Throws BAD_USER_INPUT with every fault of the rules and
 * the arguments, and for more than PREVIEW_LIMITS; `work` counts what other previews of the operation took.
 */
export function previewQuote(
  { viewer }: PaymentsContext,
  input: PreviewQuoteInput,
  work = new PreviewWork(),
): QuoteOfTicket {
  requireScope(viewer, 'tariffs:read');
  const { tariff, enteredAt, exitedAt } = input;
  work.read(tariff);
  const faults: RuleFault[] = [];
  if (exitedAt < enteredAt) faults.push({ path: 'exitedAt', message: 'This lies before the entry.' });
  if (exitedAt.getTime() - enteredAt.getTime() > LONGEST_DAYS * DAY) {
    faults.push({ path: 'exitedAt', message: `At most ${LONGEST_DAYS} days after the entry.` });
  }
  const timeZone = canonicalTimeZone(input.timeZone ?? 'UTC');
  if (timeZone === null) {
    faults.push({ path: 'timeZone', message: 'A time zone is an IANA name such as "Europe/London".' });
  }
  const supposed = readStay(input.stay ?? {}, tariff, { enteredAt, exitedAt });
  const rules = requireRules(tariff, [...faults, ...supposed.faults]);
  const stay = { ...supposed.stay, received: 0, refunded: 0, lastPaidAt: null };
  const compiled = new CompiledTariff(rules, timeZone ?? 'UTC', work.spend);
  const quote = quoteStay(compiled, rules.currencyCode, stay);
  work.tell(quote.lines.length);
  return { ...quote, tariffVersionId: null };
}
