import { readSeries, SeriesError, type Series } from './csv.js';
import { HELP, readOptions, UsageError, type ReplayOptions } from './options.js';
import { replay } from './replay.js';
import { summary } from './summary.js';

const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${explain(error)}\n`);
  return error instanceof UsageError ? WRONG_USAGE : FAILED;
});

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const series = await readSeries(options.file, options);
  if (series.carParks.length === 0) throw new SeriesError('no row of the file is left to replay');
  process.stderr.write(`${describe(series, options)}\n`);
  const { tally, stopped } = await replay(series, options, { signal: interruption(), out: process.stderr });
  process.stdout.write(`${summary(tally, options.currency)}\n`);
  if (stopped) {
    process.stderr.write('Stopped before the end of the file.\n');
    return INTERRUPTED;
  }
  return tally.mismatches === 0 && tally.refusals.size === 0 ? 0 : FAILED;
}

/** The first Ctrl-C lets the requests under way end; the second is Node's own. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  return interrupted.signal;
}

function describe({ carParks, faults }: Series, { file, url }: ReplayOptions): string {
  const spaces = carParks.reduce((sum, { capacity }) => sum + capacity, 0);
  const instants = carParks.reduce((sum, { recordings }) => sum + recordings.length, 0);
  const put = Object.entries({
    repeats: faults.repeats,
    'over capacity': faults.overCapacity,
    'below zero': faults.negative,
    'in a skipped hour': faults.skippedHour,
  }).filter(([, count]) => count > 0);
  const mended = put.map(([what, count]) => `${count} ${what}`).join(', ');
  return (
    `${file}: ${carParks.length} car parks with ${spaces.toLocaleString('en')} spaces, ` +
    `${instants.toLocaleString('en')} recorded instants${mended && ` (put right: ${mended})`}, to ${url}`
  );
}

function explain(error: Error & { code?: string }): string {
  if (error.code === 'ENOENT' && 'path' in error) return `There is no file ${String(error.path)}.`;
  if (error.code === 'ECONNREFUSED')
    return 'Nothing answers there: start Plaza with npm start, or name it with --url.';
  return error.message;
}
