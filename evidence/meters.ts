import { join } from 'node:path';
import { chargeStay } from '@plaza/payments/domain/tariff/charge';
import { CompiledTariff } from '@plaza/payments/domain/tariff/compiled-tariff';
import { simpleTariff } from '@plaza/payments/domain/tariff/tariff-rules';
import type { Evidence } from './evidence.js';
import { readCsv } from './files.js';

const AIM = 24_900;
/** 1.80 an hour, in proportion. */
const RATE = simpleTariff('USD', [{ upTo: null, minutes: 60, price: 180, prorated: true }]);

/** "01:10:00" in milliseconds. */
export function durationOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Charlottesville's meters: is the time that was bought charged what was paid. */
export const meters: Evidence = {
  says: 'Charlottesville’s paid stays of 2017: charged at 1.80 an hour, and what the meters took',
  async gather(folder, progress) {
    const rows = await readCsv(
      join(folder, 'charlottesville/meter_transactions_2017-09-05_2017-11-17.csv.gz'),
    );
    const tariff = new CompiledTariff(RATE, 'America/New_York');
    let [paid, exactly, nearly] = [0, 0, 0];
    const further = new Map<number, number>();
    for (const { date_payment: date = '', timepurchased: bought = '', total = '' } of rows) {
      progress.step();
      const [time, taken] = [durationOf(bought), Math.round(Number(total) * 100)];
      if (!(time > 0 && taken > 0)) continue;
      paid += 1;
      const enteredAt = new Date(`${date.slice(0, 10).replaceAll('/', '-')}T12:00:00Z`);
      const { amount } = chargeStay(tariff, { enteredAt, at: new Date(enteredAt.getTime() + time) });
      const off = Math.abs(amount - taken);
      if (off === 0) exactly += 1;
      if (off <= 5) nearly += 1;
      else further.set(off, (further.get(off) ?? 0) + 1);
    }
    const commonest = [...further].toSorted(([, a], [, b]) => b - a).slice(0, 10);
    return {
      figures: [
        ['transactions', rows.length],
        ['with time and money', paid],
        ['charged what was paid, to the cent', exactly],
        ['within 5 cents', nearly],
      ],
      details: commonest.map(([off, count]) => `${count} transactions are ${off} cents apart`),
      holds: nearly >= AIM,
    };
  },
};
