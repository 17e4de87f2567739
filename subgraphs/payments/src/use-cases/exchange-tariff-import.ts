import { badUserInput } from '@plaza/platform/errors';
import { requireScope } from '@plaza/platform/viewer';
import type { NotExpressed } from '../domain/exchange/exchange.js';
import { readDocument, type TariffFormat } from '../domain/exchange/tariff-format.js';
import type { RuleFault } from '../domain/tariff/tariff-rules.js';
import { checkRules } from './check-tariff-rules.js';
import type { PaymentsContext } from './context.js';
import type { TariffRulesInput } from './tariff-rules-input.js';
import { writtenRules } from './write-tariff-rules.js';

/** The longest document that is read, in characters. */
export const LONGEST_DOCUMENT = 200_000;
const DEEPEST = 24;

export type ImportTariffOutcome =
  | {
      __typename: 'ImportedTariff';
      name: string;
      effectiveFrom: Date | null;
      rules: TariffRulesInput;
      notExpressed: NotExpressed[];
    }
  | { __typename: 'TariffUnreadable'; message: string; faults: RuleFault[] };

/** Reads a document of another model as rules that can be published. Changes nothing. */
export function importTariff(
  { viewer }: PaymentsContext,
  format: TariffFormat,
  document: string,
): ImportTariffOutcome {
  requireScope(viewer, 'tariffs:read');
  if (document.length > LONGEST_DOCUMENT) {
    throw badUserInput('document', `At most ${LONGEST_DOCUMENT} characters.`);
  }
  const parsed = parse(document);
  if ('faults' in parsed) return unreadable(format, parsed.faults);
  const read = readDocument(format, parsed.value);
  if ('faults' in read) return unreadable(format, read.faults);
  const { rules, ...draft } = read.draft;
  const checked = checkRules(rules);
  if ('faults' in checked) {
    return unreadable(
      format,
      checked.faults.map(({ path, message }) => ({ path: `rules.${path}`, message })),
    );
  }
  return { __typename: 'ImportedTariff', ...draft, rules: writtenRules(checked.rules) };
}

function parse(document: string): { value: unknown } | { faults: RuleFault[] } {
  try {
    const value: unknown = JSON.parse(document);
    return isDeeper(value, DEEPEST) ? { faults: [{ path: '', message: 'Nested too deeply.' }] } : { value };
  } catch {
    return { faults: [{ path: '', message: 'The document is no JSON.' }] };
  }
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

const unreadable = (format: TariffFormat, faults: RuleFault[]): ImportTariffOutcome => ({
  __typename: 'TariffUnreadable',
  message: `The document cannot be read as a tariff of ${format}: ${faults[0]?.path || 'the document'}: ${faults[0]?.message}`,
  faults,
});
