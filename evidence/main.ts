import { parseArgs } from 'node:util';
import { inColumns } from '../replay/latencies.js';
import { bays } from './bays.js';
import type { Evidence, Progress } from './evidence.js';
import { meters } from './meters.js';
import { npr } from './npr.js';

const ALL: Record<string, Evidence> = { npr, meters, bays };
const SHOWN_EVERY = 5_000;

const HELP = `npm run evidence -- [NAME...] [options]

Charges records of the world with Plaza's tariff engine and counts where the two agree. Exits with 1 when an aim is
missed.

${Object.entries(ALL)
  .map(([name, { says }]) => `  ${name.padEnd(18)} ${says}`)
  .join('\n')}

  --records FOLDER   where the records are kept (default ../shared/data)
  --details          every case that is worth a look, one a line
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
      records: { type: 'string', default: '../shared/data' },
      details: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = positionals.find((name) => !ALL[name]);
  if (unknown !== undefined) {
    process.stderr.write(`There is no evidence named ${unknown}.\n\n${HELP}`);
    return 2;
  }
  let missed = 0;
  for (const [name, evidence] of Object.entries(ALL)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    if (!(await show(name, evidence, values))) missed += 1;
  }
  return missed === 0 ? 0 : 1;
}

async function show(
  name: string,
  evidence: Evidence,
  told: { records: string; details: boolean },
): Promise<boolean> {
  const { figures, details, holds } = await evidence.gather(told.records, progressOf(name));
  const rows = figures.map(([what, count]) => [what, count.toLocaleString('en')]);
  process.stdout.write(`${[name, ...inColumns(rows), ...(told.details ? details : [])].join('\n  ')}\n`);
  process.stdout.write(holds ? '\n' : `  the aim is missed\n\n`);
  return holds;
}

function progressOf(name: string): Progress {
  let done = 0;
  return {
    step() {
      done += 1;
      if (done % SHOWN_EVERY === 0) process.stderr.write(`${name}: ${done.toLocaleString('en')} records\n`);
    },
  };
}
