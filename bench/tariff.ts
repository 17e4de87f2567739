import { chargeStay, type Stay } from '@plaza/payments/domain/tariff/charge';
import { CompiledTariff } from '@plaza/payments/domain/tariff/compiled-tariff';
import { simpleTariff, type TariffRules } from '@plaza/payments/domain/tariff/tariff-rules';
import { type Contender, median, race, type RaceOptions } from './race.js';
import { inColumns } from '../replay/latencies.js';
import { EVERYTHING } from './tariff-of-everything.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The entries of a day of February, so that each quote is another one. */
const OPENING = Date.parse('2026-02-02T07:00:00Z');
const STAYS = 1_000;
/** Quotes in one run, so that what a run costs itself does not count. */
const BATCH = 1_000;
const AIMS = { simple: 200_000, everything: 10_000 };

/** Quotes per second on one core: of a simple stay beside the one formula that it needs, and of the most complex one. */
export async function tariff(options: RaceOptions): Promise<string> {
  const hourly = simpleTariff('EUR', [{ upTo: null, minutes: 60, price: 250, prorated: false }]);
  const short = stays(3 * HOUR, {});
  const long = stays(72 * HOUR, {
    occupancy: 0.9,
    permitted: [{ days: ['WED'], from: 480, to: 720 }],
    items: [
      { code: 'EV_ENERGY', quantity: 12.34 },
      { code: 'WASH', quantity: 1 },
    ],
    discounts: [{ name: 'Cinema', effect: { kind: 'PERCENT', percent: 20 }, most: 500 }],
  });
  const contenders = [
    quoting('everything, 3 days', EVERYTHING, long),
    quoting('simple, 3 hours', hourly, short),
    formula('its formula', short, 250),
  ];
  const { rates } = await race(contenders, { ...options, concurrency: 1 }, processorTime);
  const inSecond = [...rates].map(([name, all]) => [name, all.map((rate) => rate * BATCH)] as const);
  const yardstick = median(inSecond.at(-1)![1]);
  const rows = inSecond.map(([name, all]) => [
    name,
    ...[median(all), Math.min(...all), Math.max(...all)].map((rate) => Math.round(rate).toLocaleString('en')),
    (median(all) / yardstick).toFixed(4),
  ]);
  const heading = [
    `quotes/s on one core, ${inSecond[0]![1].length} rounds`,
    'median',
    'least',
    'most',
    'ratio',
  ];
  const aims = `aims: simple ${AIMS.simple.toLocaleString('en')}, everything ${AIMS.everything.toLocaleString('en')}`;
  return [...inColumns([heading, ...rows]), '', aims].join('\n');
}

/** What the processor worked for this process: the same whatever else it is busy with. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function stays(length: number, beside: Partial<Stay>): Stay[] {
  return Array.from({ length: STAYS }, (_, number) => {
    const entered = OPENING + ((number * 7919) % STAYS) * MINUTE;
    return { enteredAt: new Date(entered), at: new Date(entered + length), ...beside };
  });
}

function quoting(name: string, rules: TariffRules, all: Stay[]): Contender {
  const compiled = new CompiledTariff(rules, 'Europe/Madrid');
  return batches(name, all, (stay) => chargeStay(compiled, stay).amount);
}

/** What an hourly price needs and no more: one line, no explanation. */
function formula(name: string, all: Stay[], price: number): Contender {
  return batches(
    name,
    all,
    ({ enteredAt, at }) => Math.ceil((at.getTime() - enteredAt.getTime()) / HOUR) * price,
  );
}

function batches(name: string, all: Stay[], price: (stay: Stay) => number): Contender {
  const total = () => {
    let sum = 0;
    for (let done = 0; done < BATCH; done += 1) sum += price(all[done % STAYS]!);
    return sum;
  };
  const expected = total();
  return {
    name,
    async run() {
      if (total() !== expected) throw new Error(`${name}: the same stays have another price.`);
    },
  };
}
