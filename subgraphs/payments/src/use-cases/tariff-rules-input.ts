import { PlazaError } from '@plaza/platform/errors';
import { fromDecimal } from '@plaza/platform/money';
import type { RuleFault, TariffRules } from '../domain/tariff/tariff-rules.js';
import { checkRules } from './check-tariff-rules.js';

/** A tariff's rules as a client writes them: prices are decimals of `currencyCode`. */
export interface TariffRulesInput {
  currencyCode: string;
  freeMinutes: number;
  increment: { minutes: number; price: string };
  dailyCap?: string | null;
  exitGraceMinutes: number;
  taxPercent?: string | null;
}

/** The rules in minor units, or every fault found in them. */
export function readRules(input: TariffRulesInput): { rules: TariffRules } | { faults: RuleFault[] } {
  const faults: RuleFault[] = [];
  const minor = (path: string, decimal: string): number => {
    try {
      return fromDecimal(decimal, input.currencyCode, path);
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      faults.push({ path, message: error.message });
      return 0;
    }
  };
  const { currencyCode, freeMinutes, exitGraceMinutes, increment, dailyCap, taxPercent } = input;
  const candidate = {
    currencyCode,
    freeMinutes,
    increment: { minutes: increment.minutes, price: minor('increment.price', increment.price) },
    dailyCap: dailyCap ? minor('dailyCap', dailyCap) : null,
    exitGraceMinutes,
    taxPercent: taxPercent ? Number(taxPercent) : null,
  };
  return faults.length > 0 ? { faults } : checkRules(candidate);
}
