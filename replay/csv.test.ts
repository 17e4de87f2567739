import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readSeries, SeriesError, type SeriesOptions } from './csv.js';

const HEADER = 'SystemCodeNumber,Capacity,Occupancy,LastUpdated';
const folder = mkdtempSync(join(tmpdir(), 'plaza-series-'));
afterAll(() => rmSync(folder, { recursive: true }));

function series(lines: string[], options: Partial<SeriesOptions> = {}) {
  const path = join(folder, 'series.csv');
  writeFileSync(path, [HEADER, ...lines].join('\n'));
  return readSeries(path, { timeZone: 'Europe/London', ...options });
}

const times = async (lines: string[], timeZone = 'Europe/London') =>
  (await series(lines, { timeZone })).carParks[0]!.recordings.map(({ at }) => new Date(at).toISOString());

test('a local time in summer is read in summer time and one in winter in winter time', async () => {
  expect(await times(['A,10,1,2016-10-29 08:00:00', 'A,10,2,2016-10-30 08:00:00'])).toEqual([
    '2016-10-29T07:00:00.000Z',
    '2016-10-30T08:00:00.000Z',
  ]);
});

test('the hour that autumn repeats is read twice, in the order of the file', async () => {
  const lines = ['00:40', '01:00', '01:20', '01:40', '01:00', '01:20', '01:40', '02:00'];
  expect(await times(lines.map((time, i) => `A,10,${i},2016-10-30 ${time}:00`))).toEqual(
    ['23:40', '00:00', '00:20', '00:40', '01:00', '01:20', '01:40', '02:00'].map(
      (time, i) => `2016-10-${i === 0 ? 29 : 30}T${time}:00.000Z`,
    ),
  );
});

test('an hourly series shows the repeated hour as the same time with another count', async () => {
  expect(
    await times(['A,10,1,2016-10-30 01:00:00', 'A,10,2,2016-10-30 01:00:00', 'A,10,3,2016-10-30 02:00:00']),
  ).toEqual(['2016-10-30T00:00:00.000Z', '2016-10-30T01:00:00.000Z', '2016-10-30T02:00:00.000Z']);
});

test('a time in the hour that spring skips is read as by a clock that was not put forward', async () => {
  const { carParks, faults } = await series([
    'A,10,1,2017-03-26 00:30:00',
    'A,10,2,2017-03-26 01:30:00',
    'A,10,3,2017-03-26 02:45:00',
  ]);
  expect(carParks[0]!.recordings.map(({ at }) => new Date(at).toISOString())).toEqual([
    '2017-03-26T00:30:00.000Z',
    '2017-03-26T01:30:00.000Z',
    '2017-03-26T01:45:00.000Z',
  ]);
  expect(faults.skippedHour).toBe(1);
});

test('a time that names its offset needs no time zone', async () => {
  expect(
    await times(['A,10,1,2025-10-26T02:30:00+02:00', 'A,10,2,2025-10-26T01:30:00Z'], 'Asia/Tokyo'),
  ).toEqual(['2025-10-26T00:30:00.000Z', '2025-10-26T01:30:00.000Z']);
});

test('repeats count once, the later row wins, and rows out of order are sorted', async () => {
  const { carParks, faults } = await series([
    'A,10,3,2016-11-04 09:00:00',
    'A,10,4,2016-11-04 08:00:00',
    'A,10,5,2016-11-04 08:00:00',
  ]);
  expect(carParks[0]!.recordings.map(({ occupied }) => occupied)).toEqual([5, 3]);
  expect(faults.repeats).toBe(1);
});

test('counts over the capacity and below zero are clamped and counted', async () => {
  const { carParks, faults } = await series(['A,10,12,2016-11-04 08:00:00', 'A,10,-8,2016-11-04 09:00:00']);
  expect(carParks[0]).toMatchObject({ capacity: 10, recordings: [{ occupied: 10 }, { occupied: 0 }] });
  expect(faults).toMatchObject({ overCapacity: 1, negative: 1 });
});

test('the days of --from and --to are both kept, by the local calendar', async () => {
  const lines = ['2016-10-04 23:59:59', '2016-10-05 00:00:00', '2016-10-05 23:59:59', '2016-10-06 00:00:00'];
  const { carParks } = await series(
    lines.map((time, i) => `A,10,${i},${time}`),
    { from: '2016-10-05', to: '2016-10-05' },
  );
  expect(carParks[0]!.recordings.map(({ occupied }) => occupied)).toEqual([1, 2]);
});

test('--locations keeps the first car parks of the file', async () => {
  const lines = ['B', 'A', 'C', 'B'].map((code, i) => `${code},10,1,2016-11-04 0${i}:00:00`);
  const { carParks } = await series(lines, { locations: 2 });
  expect(carParks.map(({ code, recordings }) => [code, recordings.length])).toEqual([
    ['B', 2],
    ['A', 1],
  ]);
});

test('a gzipped file, a byte order mark, quotes, spaces, Windows line ends and more columns are read', async () => {
  const path = join(folder, 'series.csv.gz');
  const text = `\uFEFFid,${HEADER}\r\n1,"Smith, East",10, 7,2016-11-04 08:00\r\n`;
  writeFileSync(path, gzipSync(text));
  const { carParks } = await readSeries(path, { timeZone: 'Europe/London' });
  expect(carParks).toMatchObject([{ code: 'Smith, East', recordings: [{ occupied: 7 }] }]);
});

test.each([
  ['A,10,many,2016-11-04 08:00:00', 'line 2: Occupancy "many" is no whole number'],
  ['A,,1,2016-11-04 08:00:00', 'line 2: Capacity "" is no whole number'],
  ['A,10,1,yesterday', 'line 2: LastUpdated "yesterday" is no time'],
  ['A,10,1,2016-13-04 08:00:00', 'line 2: LastUpdated "2016-13-04 08:00:00" is no time'],
])('the row %s is refused with its line and column', async (row, message) => {
  await expect(series([row])).rejects.toThrow(new SeriesError(message));
});

test('a file without a documented column is refused by the name of the column', async () => {
  const path = join(folder, 'other.csv');
  writeFileSync(path, 'SystemCodeNumber,Capacity,LastUpdated\nA,10,2016-11-04 08:00:00\n');
  await expect(readSeries(path, { timeZone: 'UTC' })).rejects.toThrow('line 1: no column Occupancy');
});

test('a missing file rejects', async () => {
  await expect(readSeries(join(folder, 'nowhere.csv'), { timeZone: 'UTC' })).rejects.toThrow('ENOENT');
});
