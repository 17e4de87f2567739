import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { instantInGap, instantsOf, wallTimeAt, type WallTime } from './local-time.js';

/** One count of one car park: `at` in epoch milliseconds, `occupied` between 0 and the car park's capacity. */
export interface Recording {
  at: number;
  occupied: number;
}

/** A car park's whole series, ascending, one recording an instant; its capacity is the largest the file names. */
export interface CarPark {
  code: string;
  capacity: number;
  recordings: Recording[];
}

/** What was wrong with the file and how often; each was put right as `npm run replay -- --help` says. */
export interface Faults {
  repeats: number;
  overCapacity: number;
  negative: number;
  skippedHour: number;
}

export interface Series {
  carParks: CarPark[];
  faults: Faults;
}

export interface SeriesOptions {
  /** IANA name of the zone whose clocks wrote LastUpdated. */
  timeZone: string;
  /** First and last local day to keep, as YYYY-MM-DD, both included. */
  from?: string;
  to?: string;
  /** Keep the first so many car parks of the file. */
  locations?: number;
}

/** Thrown for a file that is not in the documented columns; the message names the line and the column. */
export class SeriesError extends Error {
  override name = 'SeriesError';
}

interface Row {
  wall: WallTime;
  /** Set when the file names the UTC offset; otherwise the zone decides. */
  instant: number | null;
  capacity: number;
  occupancy: number;
}

const COLUMNS = ['SystemCodeNumber', 'Capacity', 'Occupancy', 'LastUpdated'] as const;
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** Reads a car-park occupancy series from a CSV file, gzipped or not. Throws SeriesError. */
export async function readSeries(path: string, options: SeriesOptions): Promise<Series> {
  const rows = new Map<string, Row[]>();
  const keep = keepsDay(options.from, options.to);
  for await (const { record, info } of recordsOf(path)) {
    const code = record.SystemCodeNumber!;
    if (!rows.has(code) && rows.size === options.locations) continue;
    const row = readRow(record, info.lines, options.timeZone);
    if (!keep(row.wall)) continue;
    const ofPark = rows.get(code);
    if (ofPark) ofPark.push(row);
    else rows.set(code, [row]);
  }
  const faults: Faults = { repeats: 0, overCapacity: 0, negative: 0, skippedHour: 0 };
  const carParks = [...rows].map(([code, ofPark]) => carParkOf(code, ofPark, options.timeZone, faults));
  return { carParks, faults };
}

interface CsvRecord {
  record: Record<string, string>;
  info: { lines: number };
}

function recordsOf(path: string): AsyncIterable<CsvRecord> {
  const parser = parse({ bom: true, columns: checkColumns, trim: true, skip_empty_lines: true, info: true });
  const file = createReadStream(path);
  const streams = path.endsWith('.gz') ? [file, createGunzip(), parser] : [file, parser];
  // An error of any stream destroys the parser with it, so the loop over the records throws it.
  pipeline(streams, () => {});
  return parser;
}

function checkColumns(header: string[]): string[] {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new SeriesError(`line 1: no column ${missing.join(', ')}`);
  return header;
}

function keepsDay(from?: string, to?: string): (wall: WallTime) => boolean {
  const first = from === undefined ? -Infinity : Date.parse(`${from}T00:00:00Z`);
  const end = to === undefined ? Infinity : Date.parse(`${to}T00:00:00Z`) + 86_400_000;
  return (wall) => wall >= first && wall < end;
}

function readRow(record: Record<string, string>, line: number, timeZone: string): Row {
  const [, day, time, offset] = TIMESTAMP.exec(record.LastUpdated!) ?? [];
  const wall = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(wall))
    throw new SeriesError(`line ${line}: LastUpdated "${record.LastUpdated}" is no time`);
  const instant = offset === undefined ? null : Date.parse(`${day}T${time}${offset}`);
  return {
    wall: instant === null ? wall : wallTimeAt(instant, timeZone),
    instant,
    capacity: wholeNumber(record, 'Capacity', line),
    occupancy: wholeNumber(record, 'Occupancy', line),
  };
}

function wholeNumber(record: Record<string, string>, column: string, line: number): number {
  const text = record[column]!;
  if (!/^-?\d+$/.test(text)) throw new SeriesError(`line ${line}: ${column} "${text}" is no whole number`);
  return Number(text);
}

function carParkOf(code: string, rows: Row[], timeZone: string, faults: Faults): CarPark {
  const capacity = rows.reduce((largest, row) => Math.max(largest, row.capacity), 0);
  const byInstant = new Map<number, number>();
  const placeInTime = instantsInFileOrder(timeZone, faults);
  for (const row of rows) {
    const at = placeInTime(row);
    if (byInstant.has(at)) faults.repeats++;
    if (row.occupancy > capacity) faults.overCapacity++;
    if (row.occupancy < 0) faults.negative++;
    byInstant.set(at, Math.min(Math.max(row.occupancy, 0), capacity));
  }
  const recordings = [...byInstant].map(([at, occupied]) => ({ at, occupied })).sort((a, b) => a.at - b.at);
  return { code, capacity, recordings };
}

/**
 * A local time of the hour that autumn repeats names two instants. The rows of a car park stand in the order in
 * which they were written, so the hour is in its second round once its clock has gone back.
 */
function instantsInFileOrder(timeZone: string, faults: Faults): (row: Row) => number {
  let previous: Row | null = null;
  let secondRound = false;
  return (row) => {
    const { wall, instant } = row;
    if (instant !== null) return instant;
    const candidates = instantsOf(wall, timeZone);
    secondRound = candidates.length === 2 && (secondRound || (previous !== null && wentBack(previous, row)));
    previous = row;
    if (candidates.length === 0) {
      faults.skippedHour++;
      return instantInGap(wall, timeZone);
    }
    return candidates[secondRound ? 1 : 0]!;
  };
}

/** The same time with another count is an hourly series' second round; with the same count it is a repeat. */
function wentBack(previous: Row, row: Row): boolean {
  return row.wall < previous.wall || (row.wall === previous.wall && row.occupancy !== previous.occupancy);
}
