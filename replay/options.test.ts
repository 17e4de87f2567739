import { readOptions, UsageError } from './options.js';

test('a file alone is replayed as fast as possible to the Plaza next door', () => {
  expect(readOptions(['a.csv'])).toEqual({
    file: 'a.csv',
    url: 'http://localhost:4000',
    token: null,
    timeZone: 'Europe/London',
    currency: 'GBP',
    speed: null,
    concurrency: 16,
    seed: '1',
  });
});

test('every option is read', () => {
  const line =
    'a.csv.gz --locations 3 --from 2016-10-05 --to 2016-10-06 --speed 60x --url https://plaza.example/graphql ' +
    '--token t --time-zone Europe/Berlin --currency eur --concurrency 4 --seed two';
  expect(readOptions(line.split(' '))).toEqual({
    file: 'a.csv.gz',
    locations: 3,
    from: '2016-10-05',
    to: '2016-10-06',
    speed: 60,
    url: 'https://plaza.example/graphql',
    token: 't',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    concurrency: 4,
    seed: 'two',
  });
});

test('--help asks for the help, whatever else is said', () => {
  expect(readOptions(['--help'])).toBeNull();
  expect(readOptions(['-h', 'a.csv'])).toBeNull();
});

test.each([
  ['', 'Name the file to replay, or --help.'],
  ['a.csv b.csv', 'One file at a time: what is "b.csv"?'],
  ['a.csv --locations 0', '--locations "0" is no whole number from 1.'],
  ['a.csv --from 2016-02-30', '--from "2016-02-30" is no day such as 2016-10-05.'],
  ['a.csv --from 2016-10-06 --to 2016-10-05', '--from lies after --to.'],
  ['a.csv --speed fast', '--speed "fast" is neither max nor a number of times such as 60x.'],
  ['a.csv --speed 0x', '--speed "0x" is neither max nor a number of times such as 60x.'],
  ['a.csv --url localhost:4000', '--url "localhost:4000" is no address such as http://localhost:4000.'],
  ['a.csv --time-zone Mars/Base', '--time-zone "Mars/Base" is no IANA time zone such as Europe/London.'],
  ['a.csv --currency pounds', '--currency "pounds" is no ISO 4217 code such as GBP.'],
])('the command line "%s" is refused: %s', (line, message) => {
  expect(() => readOptions(line.split(' ').filter(Boolean))).toThrow(new UsageError(message));
});

test('an unknown option is refused', () => {
  expect(() => readOptions(['a.csv', '--spede', 'max'])).toThrow(UsageError);
});
