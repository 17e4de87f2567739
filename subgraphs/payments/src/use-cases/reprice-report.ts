import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { isId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import { findLocation } from '../contract/spaces.js';
import { insertRepriceReport, readRepriceReport } from '../database/reprice-report.queries.js';
import type { RepriceReportRow } from '../database/reprice-report.entity.js';
import type { RuleFault } from '../domain/tariff/tariff-rules.js';
import type { PaymentsContext } from './context.js';
import { requireRules } from './required-tariff-rules.js';
import type { TariffRulesInput } from './tariff-rules-input.js';
import { DAY } from '../domain/tariff/local-time.js';

export interface RepriceReportInput {
  locationId: string;
  from: Date;
  to: Date;
  tariff: TariffRulesInput;
  idempotencyKey?: string | null;
}

const MOST_DAYS = 800;

/**
 * Begins a report of what the stays that ended in a period would have cost under another tariff; background work reckons
 * it. Throws BAD_USER_INPUT with every fault of the rules and the arguments.
 */
export async function startRepriceReport(
  on: PaymentsContext,
  input: RepriceReportInput,
): Promise<RepriceReportRow> {
  const viewer = requireScope(requireScope(on.viewer, 'tariffs:read'), 'reports:read');
  const { locationId, from, to, tariff } = input;
  if (!isId(locationId)) throw notFound('The location');
  const faults: RuleFault[] = [];
  if (to <= from) faults.push({ path: 'to', message: 'The period ends before it begins.' });
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY) {
    faults.push({ path: 'to', message: `A report covers ${MOST_DAYS} days at most.` });
  }
  const rules = requireRules(tariff, faults);
  return on.database.write(viewer, (tx) =>
    once(tx, keyedCommand('payments', viewer, 'startRepriceReport', input), async () => {
      const location = await findLocation(tx, locationId);
      if (!location) throw notFound('The location');
      if (rules.currencyCode !== location.currencyCode) {
        throw badUserInput('tariff.currencyCode', `The location charges in ${location.currencyCode}.`);
      }
      const { currencyCode } = rules;
      return insertRepriceReport(tx, { locationId, periodFrom: from, periodTo: to, rules, currencyCode });
    }),
  );
}

/** A report as far as it is reckoned; null where the viewer sees none of this id. */
export async function showRepriceReport(
  { viewer, database }: PaymentsContext,
  id: string,
): Promise<RepriceReportRow | null> {
  const reader = requireScope(viewer, 'reports:read');
  if (!isId(id)) return null;
  return (await database.read(reader, (tx) => readRepriceReport(tx, id))) ?? null;
}
