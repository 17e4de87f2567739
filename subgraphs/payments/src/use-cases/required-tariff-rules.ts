import { PlazaError } from '@plaza/platform/errors';
import type { RuleFault, TariffRules } from '../domain/tariff/tariff-rules.js';
import { readRules } from './read-tariff-rules.js';
import type { TariffRulesInput } from './tariff-rules-input.js';

/** Messages of so many faults stand in the message of the error; all of them are in its `faults`. */
const MOST_TOLD = 5;

/**
 * The rules of the argument `tariff`. Throws BAD_USER_INPUT with every fault of them and of the other arguments in
 * `extensions.faults`; `extensions.field` names the first one.
 */
export function requireRules(input: TariffRulesInput, others: readonly RuleFault[] = []): TariffRules {
  const read = readRules(input);
  const ofRules = 'faults' in read ? read.faults : [];
  const faults = [...others, ...ofRules.map(({ path, message }) => ({ path: `tariff.${path}`, message }))];
  if ('faults' in read || faults.length > 0) throw invalidInput(faults);
  return read.rules;
}

function invalidInput(faults: readonly RuleFault[]): PlazaError {
  const [first] = faults;
  const told = faults.slice(0, MOST_TOLD).map(({ path, message }) => `${path}: ${message}`);
  const more = faults.length > MOST_TOLD ? ` And ${faults.length - MOST_TOLD} more.` : '';
  const message = faults.length === 1 ? (first?.message ?? '') : told.join(' ') + more;
  return new PlazaError('BAD_USER_INPUT', message, { field: first?.path, faults });
}
