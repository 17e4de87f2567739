import { join } from 'node:path';
import { chargeStay } from '@plaza/payments/domain/tariff/charge';
import { CompiledTariff } from '@plaza/payments/domain/tariff/compiled-tariff';
import { simpleTariff } from '@plaza/payments/domain/tariff/tariff-rules';
import type { Evidence } from './evidence.js';
import { readCsv } from './files.js';

const AIM = 29;
const PENALTY = 9200;

/** Melbourne's bays: who stayed longer than the sign allows pays a penalty, nobody else does. */
export const bays: Evidence = {
  says: 'Melbourne’s on-street bays of a morning in 2017: the overstays, found by the tariff',
  async gather(folder, progress) {
    const rows = await readCsv(join(folder, 'melbourne/bay_events_2017-02-08_head.csv'));
    const byLimit = new Map<number, CompiledTariff>();
    const details: string[] = [];
    for (const row of rows) {
      progress.step();
      const limit = Number(row['duration*60']) / 60;
      if (!byLimit.has(limit)) byLimit.set(limit, signOf(limit));
      const [enteredAt, at] = [instant(row['ArrivalTime']), instant(row['DepartureTime'])];
      const { amount } = chargeStay(byLimit.get(limit) as CompiledTariff, { enteredAt, at });
      if (amount === PENALTY) {
        const minutes = ((at.getTime() - enteredAt.getTime()) / 60_000).toFixed(1);
        details.push(`bay ${row['DeviceId']}: ${minutes} minutes where ${limit} are allowed`);
      }
    }
    return {
      figures: [
        ['stays', rows.length],
        ['overstays', details.length],
      ],
      details,
      holds: details.length === AIM,
    };
  },
};

const instant = (seconds = ''): Date => new Date(Number(seconds) * 1000);

/** So many minutes are free; who stays longer pays once. */
function signOf(limit: number): CompiledTariff {
  const penalty = { kind: 'PERIODS' as const, minutes: 366 * 1440, price: PENALTY };
  const rules = simpleTariff('AUD', [{ upTo: null, minutes: 60, price: 0, prorated: false }], {
    overstay: { after: limit, grace: 0, penalty },
  });
  return new CompiledTariff(rules, 'Australia/Melbourne');
}
