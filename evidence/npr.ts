import { join } from 'node:path';
import { convertNpr, type NprFarePart } from '@plaza/payments/domain/exchange/npr/convert-npr';
import { chargeStay } from '@plaza/payments/domain/tariff/charge';
import { CompiledTariff } from '@plaza/payments/domain/tariff/compiled-tariff';
import type { TariffRules } from '@plaza/payments/domain/tariff/tariff-rules';
import { checkRules } from '@plaza/payments/use-cases/check-tariff-rules';
import { counted, type Evidence } from './evidence.js';
import { readGzippedJson } from './files.js';
import { statedFees } from './stated-fees.js';

interface FarePartRow {
  areamanagerid: string;
  farecalculationcode: string;
  amountfarepart: string;
  stepsizefarepart: string;
  startdurationfarepart: string;
}

interface FareRow {
  areamanagerid: string;
  farecalculationcode: string;
  farecalculationdesc?: string;
  vatpercentage: string;
}

const ENTERED = new Date('2026-01-05T08:00:00Z');
const key = ({ areamanagerid, farecalculationcode }: FareRow | FarePartRow) =>
  `${areamanagerid} ${farecalculationcode}`;

/** The Dutch register: how many fares convert, why others don't, and whether the charge is what their descriptions state. */
export const npr: Evidence = {
  says: 'the Dutch parking register’s fares: how many convert, and are the fees of their descriptions charged',
  async gather(folder, progress) {
    const parts = await readGzippedJson<FarePartRow[]>(join(folder, 'nl-npr-tariffs/tariefdeel.json.gz'));
    const fares = await readGzippedJson<FareRow[]>(join(folder, 'nl-npr-tariffs/tariefberekening.json.gz'));
    const byFare = Map.groupBy(parts, key);
    const described = new Map(fares.map((fare) => [key(fare), fare]));
    const [refusals, details] = [new Map<string, number>(), [] as string[]];
    let otherwise = 0;
    let [unambiguous, converted, publishable, checked, fees, matching] = [0, 0, 0, 0, 0, 0];
    for (const [code, rows] of byFare) {
      progress.step();
      // several parts that begin together are versions whose dates the snapshot lacks
      if (new Set(rows.map((row) => row.startdurationfarepart)).size < rows.length) continue;
      unambiguous += 1;
      const fare = described.get(code);
      const outcome = convertNpr({
        parts: rows.map(partOf),
        vatPercentage: Number(fare?.vatpercentage ?? 0),
      });
      if ('refusal' in outcome) {
        details.push(`${code} ${outcome.refusal} (${rows.map(written).join('; ')})`);
        refusals.set(outcome.refusal, (refusals.get(outcome.refusal) ?? 0) + 1);
        continue;
      }
      converted += 1;
      if ('rules' in checkRules(outcome.rules)) publishable += 1;
      const stated = statedFees(fare?.farecalculationdesc ?? '');
      if (stated.length === 0) continue;
      checked += 1;
      const wrong = stated.filter(({ minutes, fee }) => feeOf(outcome.rules, minutes) !== Math.round(fee));
      fees += stated.length;
      matching += stated.length - wrong.length;
      const [first] = wrong;
      if (first) {
        otherwise += 1;
        details.push(
          `${code} "${fare?.farecalculationdesc}": ${first.minutes} min ${first.fee}, ` +
            `charged ${feeOf(outcome.rules, first.minutes)} (${rows.map(written).join('; ')})`,
        );
      }
    }
    return {
      figures: [
        ['fares', byFare.size],
        ['of them unambiguous', unambiguous],
        ['converted', converted],
        ['pass the check before publishing', publishable],
        ...[...refusals].map(([why, count]) => [`not converted: ${why}`, count] as const),
        ['descriptions that state fees and are understood', checked],
        ['fees stated in them', fees],
        ['charged as stated', matching],
        ['descriptions with a fee that is charged otherwise', otherwise],
      ],
      details,
      holds: unambiguous === converted + counted(refusals) && converted === publishable,
    };
  },
};

const partOf = (row: FarePartRow): NprFarePart => ({
  startDuration: Number(row.startdurationfarepart),
  stepSize: Number(row.stepsizefarepart),
  amount: Number(row.amountfarepart),
});

const written = (row: FarePartRow): string =>
  `${row.startdurationfarepart}: ${Number(row.amountfarepart)} per ${row.stepsizefarepart}`;

function feeOf(rules: TariffRules, minutes: number): number {
  const at = new Date(ENTERED.getTime() + minutes * 60_000);
  return chargeStay(new CompiledTariff(rules, 'Europe/Amsterdam'), { enteredAt: ENTERED, at }).amount;
}
