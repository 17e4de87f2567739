import { badUserInput } from '@plaza/platform/errors';
import { canonicalTimeZone } from '@plaza/platform/time-zone';
import { requireScope } from '@plaza/platform/viewer';
import type { VehicleKind } from '../domain/stay.js';
import { CompiledTariff } from '../domain/tariff/compiled-tariff.js';
import { quoteStay } from '../domain/tariff/quote.js';
import type { TariffRules } from '../domain/tariff/tariff-rules.js';
import type { PaymentsContext } from './context.js';
import type { QuoteOfTicket } from './record-exit.js';
import { readRules } from './read-tariff-rules.js';
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

/** What else is supposed of a stay. */
export interface SupposedStay {
  /** The share of places occupied at the entry, 0 to 1. */
  occupancy?: number | null;
  items?: readonly { code: string; quantity: number }[] | null;
  lost?: boolean | null;
  noShow?: boolean | null;
}

/** What a stay would cost under rules that need not be published. Throws BAD_USER_INPUT that names the faulty rule or argument. */
export function previewQuote({ viewer }: PaymentsContext, input: PreviewQuoteInput): QuoteOfTicket {
  requireScope(viewer, 'tariffs:read');
  const { tariff, enteredAt, exitedAt } = input;
  if (exitedAt < enteredAt) throw badUserInput('exitedAt', 'This lies before the entry.');
  if (exitedAt.getTime() - enteredAt.getTime() > LONGEST_DAYS * 86_400_000) {
    throw badUserInput('exitedAt', `At most ${LONGEST_DAYS} days after the entry.`);
  }
  const timeZone = canonicalTimeZone(input.timeZone ?? 'UTC');
  if (timeZone === null) {
    throw badUserInput('timeZone', 'A time zone is an IANA name such as "Europe/London".');
  }
  const checked = readRules(tariff);
  if ('faults' in checked) {
    const [fault] = checked.faults;
    throw badUserInput(`tariff.${fault?.path}`, fault?.message ?? 'The tariff is wrong.');
  }
  const { rules } = checked;
  const stay = { enteredAt, at: exitedAt, received: 0, refunded: 0, lastPaidAt: null };
  const supposed = suppositions(rules, input.stay ?? {});
  const quote = quoteStay(new CompiledTariff(rules, timeZone), rules.currencyCode, { ...stay, ...supposed });
  return { ...quote, tariffVersionId: null };
}

function suppositions({ items: sold }: TariffRules, { occupancy, items, lost, noShow }: SupposedStay) {
  if (typeof occupancy === 'number' && !(occupancy >= 0 && occupancy <= 1)) {
    throw badUserInput('stay.occupancy', 'A share lies between 0 and 1.');
  }
  for (const [at, { code, quantity }] of (items ?? []).entries()) {
    if (!sold.some((item) => item.code === code)) {
      throw badUserInput(`stay.items.${at}.code`, `The tariff sells no ${code}.`);
    }
    if (!(quantity >= 0 && quantity <= MOST_OF_AN_ITEM)) {
      throw badUserInput(`stay.items.${at}.quantity`, `A quantity lies between 0 and ${MOST_OF_AN_ITEM}.`);
    }
  }
  return { occupancy: occupancy ?? null, items: items ?? [], lost: lost ?? false, noShow: noShow ?? false };
}

const MOST_OF_AN_ITEM = 1_000_000;
