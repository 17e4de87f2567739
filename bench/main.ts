import { parseArgs } from 'node:util';
import { eventLog } from './event-log.js';
import { type Crowds, fanOut } from './fan-out/fan-out.js';
import { hotRead } from './hot-read.js';
import { mainJob } from './main-job.js';
import type { RaceOptions } from './race.js';
import { tariff } from './tariff.js';

interface Benchmark {
  says: string;
  /** How often in one turn, and how many under way at a time, unless told. */
  usual: { count: number; concurrency: number };
  run(options: RaceOptions, crowds: Crowds): Promise<string>;
}

const BENCHMARKS: Record<string, Benchmark> = {
  'main-job': {
    says: 'a car enters, pays and leaves: through the gateway, and the same writes as bare SQL',
    usual: { count: 400, concurrency: 16 },
    run: mainJob,
  },
  'hot-read': {
    says: '50 tickets across four subgraphs: through the gateway, and the same bytes from a plain node:http server',
    usual: { count: 400, concurrency: 16 },
    run: hotRead,
  },
  'event-log': {
    says: 'an update and its event: with a position and a listener, with pg_notify, and with no wake-up at all',
    usual: { count: 64_000, concurrency: 8 },
    run: eventLog,
  },
  'fan-out': {
    says: 'a change to many subscribers: through Plaza, by a raw broadcast of ws, and by graphql-ws executing each',
    usual: { count: 1, concurrency: 1 },
    run: fanOut,
  },
  tariff: {
    says: 'quotes on one core: 3 hours by the hour beside its bare formula, 3 days under a tariff of everything',
    usual: { count: 20, concurrency: 1 },
    run: tariff,
  },
};

const HELP = `npm run bench -- NAME [options]

Measures a Plaza of its own, started on a throw-away database, beside the least that could do the same. The two take
turns, each round both; the ratio is the median of the rounds'. Exits with 1 when an answer was wrong.

${Object.entries(BENCHMARKS)
  .map(([name, { says }]) => `  ${name.padEnd(18)} ${says}`)
  .join('\n')}

  --rounds N         turns of each (default 7)
  --count N          how often in one turn (default 400; event-log 64000)
  --concurrency N    under way at a time (default 16; event-log 8)
  --subscribers LIST fan-out: how many at once (default 1000,5000)
  --sockets N        fan-out: more subscribers than that share sockets (default 15000; each is an open file of two processes)
  --seconds N        no further round after so many seconds (default 120)
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      rounds: { type: 'string', default: '7' },
      count: { type: 'string' },
      concurrency: { type: 'string' },
      seconds: { type: 'string', default: '120' },
      subscribers: { type: 'string', default: '1000,5000' },
      sockets: { type: 'string', default: '15000' },
    },
  });
  const benchmark = BENCHMARKS[positionals[0] ?? ''];
  if (values.help || !benchmark || positionals.length > 1) {
    (values.help ? process.stdout : process.stderr).write(HELP);
    return values.help ? 0 : 2;
  }
  const options = {
    rounds: whole('--rounds', values.rounds),
    count: whole('--count', values.count ?? `${benchmark.usual.count}`),
    concurrency: whole('--concurrency', values.concurrency ?? `${benchmark.usual.concurrency}`),
    seconds: whole('--seconds', values.seconds),
  };
  const crowds = {
    sizes: values.subscribers.split(',').map((size) => whole('--subscribers', size)),
    sockets: whole('--sockets', values.sockets),
  };
  process.stdout.write(`${await benchmark.run(options, crowds)}\n`);
  return 0;
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${name} "${text}" is no whole number from 1.`);
  return Number(text);
}
