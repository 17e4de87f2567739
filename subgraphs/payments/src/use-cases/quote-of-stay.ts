import type { StayAccount } from '../database/stay-account.queries.js';
import { CompiledTariff } from '../domain/tariff/compiled-tariff.js';
import { quoteStay, type Quote } from '../domain/tariff/quote.js';
import type { TariffRules } from '../domain/tariff/tariff-rules.js';

const MOST_KEPT = 500;
const kept = new Map<string, CompiledTariff>();

/** The quote of a stay for leaving at `at`. A stay that is over costs what it cost at its end; a voided one nothing. */
export function quoteOf(stay: StayAccount, at: Date): Quote {
  const end = stay.exitedAt && stay.exitedAt < at ? stay.exitedAt : at;
  const tariff =
    stay.status === 'VOID'
      ? 'VOID'
      : stay.rules && stay.tariffVersionId
        ? compiled(stay.tariffVersionId, stay.rules, stay.timeZone)
        : 'NO_TARIFF';
  const laterVersions = stay.laterVersions.map(({ id, from, rules }) => ({
    from: new Date(from),
    tariff: compiled(id, rules, stay.timeZone),
  }));
  return quoteStay(tariff, stay.currencyCode, { ...stay, at: end, laterVersions });
}

/** What a stay that has ended would have cost by another tariff, minor units; what that one does not sell is left out. */
export function chargeUnder(tariff: CompiledTariff, stay: StayAccount, at: Date): number {
  const { total } = quoteStay(tariff, stay.currencyCode, {
    ...stay,
    at,
    refunded: 0,
    items: [],
    // what was bought belongs to the other tariff; one that knows no returning charges each ticket by itself
    earlier: tariff.rules.graces.reentry === 0 ? [] : stay.earlier.map((part) => ({ ...part, items: [] })),
    laterVersions: [],
  });
  return total;
}

/** Versions never change, so that each is made ready once for many stays. */
function compiled(versionId: string, rules: TariffRules, timeZone: string): CompiledTariff {
  const key = `${versionId} ${timeZone}`;
  let tariff = kept.get(key);
  if (!tariff) {
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, (tariff = new CompiledTariff(rules, timeZone)));
  }
  return tariff;
}
