import { jest } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { readSeries, type Series } from './csv.js';
import { wallTimeAt } from './local-time.js';
import { planCarPark } from './plan.js';

const HERE = import.meta.dirname;
/** The whole series are too large to be kept in the repository; they are replayed where they lie beside it. */
const WHOLE_SERIES = join(HERE, '../../shared/data');
const BIRMINGHAM = join(WHOLE_SERIES, 'birmingham/birmingham_carparks_2016.csv.gz');
const DRESDEN = join(WHOLE_SERIES, 'germany/de_free_spaces_2025-10_2025-11_2026-03.long.csv.gz');
const DRESDEN_PLACES = join(WHOLE_SERIES, 'germany/de_parking_meta.csv.gz');

const folder = mkdtempSync(join(tmpdir(), 'plaza-dresden-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Plays the plan of every car park through and returns how many cars came; throws where it leaves the record. */
function playThrough({ carParks }: Series): number {
  let entered = 0;
  for (const park of carParks) {
    const inside = new Map<number, number>();
    const recorded = park.recordings.values();
    for (const { until, occupied, entries, exits } of planCarPark(park, '1')) {
      for (const { car, at } of entries) inside.set(car, at);
      for (const { car, paidAt } of exits) {
        if (!(inside.get(car)! < paidAt)) throw new Error(`${park.code}: car ${car} paid before it came`);
        inside.delete(car);
      }
      entered += entries.length;
      const record = recorded.next().value!;
      if (
        until !== record.at ||
        occupied !== record.occupied ||
        inside.size !== occupied ||
        occupied > park.capacity
      )
        throw new Error(`${park.code}: ${inside.size} inside at ${new Date(until).toISOString()}`);
    }
  }
  return entered;
}

jest.setTimeout(120_000);

function absent(what: string): void {
  process.stderr.write(`${what} does not lie beside this clone; the fixture alone was planned.\n`);
}

test('the day of ten Birmingham car parks is read and planned', async () => {
  const path = join(HERE, '../tests/fixtures/birmingham-2016-10-05-ten-parks.csv');
  const series = await readSeries(path, { timeZone: 'Europe/London' });
  expect(series.carParks).toHaveLength(10);
  expect(series.carParks.map(({ recordings }) => recordings.length)).toEqual(Array(10).fill(18));
  expect(series.faults).toEqual({ repeats: 0, overCapacity: 0, negative: 0, skippedHour: 0 });
  expect(playThrough(series)).toBe(3640);
});

test('the whole Birmingham file, with its repeats, negatives, overflows and missing days, is planned', async () => {
  if (!existsSync(BIRMINGHAM)) return absent('The whole Birmingham series');
  const series = await readSeries(BIRMINGHAM, { timeZone: 'Europe/London' });
  expect(series.carParks).toHaveLength(30);
  expect(series.faults).toEqual({ repeats: 216, overCapacity: 373, negative: 12, skippedHour: 0 });
  expect(playThrough(series)).toBe(8_274 + 1_122_631);
});

test.each([
  ['the autumn night with a repeated hour', '2025-10-25', '2025-10-27'],
  ['the spring night with a skipped hour', '2026-03-28', '2026-03-30'],
])('Dresden, round the clock every five minutes, is planned over %s', async (_, from, to) => {
  if (!existsSync(DRESDEN)) return absent('The Dresden series');
  const path = join(folder, 'dresden.csv');
  const instants = writeDresden(path, from, to);
  const series = await readSeries(path, { timeZone: 'Europe/Berlin' });
  for (const { recordings } of series.carParks) expect(recordings.map(({ at }) => at)).toEqual(instants);
  expect(series.carParks.length).toBeGreaterThan(30);
  expect(series.faults).toMatchObject({ repeats: 0, skippedHour: 0 });
  expect(playThrough(series)).toBeGreaterThan(5_000);
});

const read = new Map<string, Record<string, string>[]>();

/** The rows of a gzipped CSV file, read once. */
function readRows(file: string): Record<string, string>[] {
  let rows = read.get(file);
  if (!rows) {
    rows = parse(gunzipSync(readFileSync(file)), { columns: true, relax_column_count: true });
    read.set(file, rows);
  }
  return rows;
}

/** Writes free spaces at UTC instants as occupancy at local times, a row for every reading; returns the instants. */
function writeDresden(path: string, from: string, to: string): number[] {
  const capacity = new Map(readRows(DRESDEN_PLACES).map((place) => [place.place_id!, Number(place.num_all)]));
  const free = new Map<string, number>();
  const lines = ['SystemCodeNumber,Capacity,Occupancy,LastUpdated'];
  const instants: number[] = [];
  const readings = Map.groupBy(readRows(DRESDEN), (row) => row.timestamp_utc!);
  for (const [timestamp, changes] of readings) {
    if (timestamp.slice(0, 10) > to) break;
    for (const { place_id: place, free: spaces } of changes) free.set(place!, Number(spaces));
    if (timestamp.slice(0, 10) < from) continue;
    const at = Date.parse(timestamp);
    instants.push(at);
    const local = new Date(wallTimeAt(at, 'Europe/Berlin')).toISOString().slice(0, 19).replace('T', ' ');
    for (const [place, spaces] of free)
      lines.push(`${place},${capacity.get(place)},${capacity.get(place)! - spaces},${local}`);
  }
  writeFileSync(path, lines.join('\n'));
  return instants;
}
