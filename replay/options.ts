import { parseArgs } from 'node:util';
import { assertTimeZone } from './local-time.js';

export interface ReplayOptions {
  file: string;
  url: string;
  /** An access token or API key; null signs in as the demo's owner. */
  token: string | null;
  timeZone: string;
  currency: string;
  locations?: number;
  from?: string;
  to?: string;
  /** How many times as fast as it happened; null for as fast as the server answers. */
  speed: number | null;
  /** Requests under way at a time. */
  concurrency: number;
  seed: string;
}

/** Thrown for a command line that makes no sense; the message is one sentence. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const HELP = `npm run replay -- FILE.csv[.gz] [options]

Replays a car-park occupancy series through the public graph: makes the locations with their real capacities, turns
each change into entries, payments and exits, and compares the platform's occupancy with the record at every recorded
instant. Exits with 0 only where every instant agreed.

  --locations N        only the first N car parks of the file
  --from DATE          only from this day on (YYYY-MM-DD, local, included)
  --to DATE            only up to this day (included)
  --speed max|60x      as fast as the server answers, or so many times as fast as it happened (default max)
  --url URL            where Plaza is (default http://localhost:4000)
  --token T            an access token or API key; without it, the running demo's own owner signs in
  --time-zone ZONE     the IANA zone whose clocks wrote LastUpdated (default Europe/London)
  --currency CODE      the ISO 4217 currency of the car parks (default GBP)
  --concurrency N      requests under way at a time (default 16)
  --seed TEXT          another seed draws other moments and other cars from the same series (default 1)

The file: CSV with a header line, gzipped or not, with at least the columns
  SystemCodeNumber   the car park            Capacity      its spaces
  Occupancy          cars inside             LastUpdated   local time YYYY-MM-DD HH:MM[:SS], or RFC 3339 with its offset
Any number of car parks in any order, at any distance in time. Of an (instant, car park) that is there twice the later
row counts. Occupancy is clamped to 0 and the car park's largest Capacity. In the hour that autumn repeats, the rows of
one car park must be in the order of time; a time that spring skips is read as by a clock that was not put forward.
`;

/** Reads the command line; null asks for the help. Throws UsageError. */
export function readOptions(args: string[]): ReplayOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Name the file to replay, or --help.');
  if (more.length > 0) throw new UsageError(`One file at a time: what is "${more[0]}"?`);
  const from = day('--from', values.from);
  const to = day('--to', values.to);
  if (from !== undefined && to !== undefined && from > to) throw new UsageError('--from lies after --to.');
  return {
    file,
    url: address(values.url),
    token: values.token ?? null,
    timeZone: timeZone(values['time-zone']),
    currency: currency(values.currency),
    locations: values.locations === undefined ? undefined : count('--locations', values.locations),
    from,
    to,
    speed: speed(values.speed),
    concurrency: count('--concurrency', values.concurrency),
    seed: values.seed,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        locations: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        speed: { type: 'string', default: 'max' },
        url: { type: 'string', default: 'http://localhost:4000' },
        token: { type: 'string' },
        'time-zone': { type: 'string', default: 'Europe/London' },
        currency: { type: 'string', default: 'GBP' },
        concurrency: { type: 'string', default: '16' },
        seed: { type: 'string', default: '1' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function day(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  // 30 February becomes 1 March
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw new UsageError(`${name} "${text}" is no day such as 2016-10-05.`);
  return text;
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`${name} "${text}" is no whole number from 1.`);
  return Number(text);
}

function speed(text: string): number | null {
  if (text === 'max') return null;
  const times = Number(/^(\d+(?:\.\d+)?)x$/.exec(text)?.[1]);
  if (!(times > 0))
    throw new UsageError(`--speed "${text}" is neither max nor a number of times such as 60x.`);
  return times;
}

function address(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new UsageError(`--url "${text}" is no address such as http://localhost:4000.`);
  return text;
}

function currency(code: string): string {
  if (!/^[A-Za-z]{3}$/.test(code))
    throw new UsageError(`--currency "${code}" is no ISO 4217 code such as GBP.`);
  return code.toUpperCase();
}

function timeZone(name: string): string {
  try {
    assertTimeZone(name);
    return name;
  } catch {
    throw new UsageError(`--time-zone "${name}" is no IANA time zone such as Europe/London.`);
  }
}
