import { LocalTime } from '../local-time.js';

const utc = (text: string) => Date.parse(`${text}Z`);
const dateNumber = (date: string) => Date.parse(date) / 86_400_000;
const HOUR = 3_600_000;
const lengthOf = (zone: string, date: string) => {
  const [clock, day] = [LocalTime.of(zone), dateNumber(date)];
  return (clock.instantOf(day + 1, 0) - clock.instantOf(day, 0)) / HOUR;
};

test('the offset changes at the very instant of the change', () => {
  const madrid = LocalTime.of('Europe/Madrid');
  expect(madrid.offsetAt(utc('2026-03-29T00:59:59.999'))).toBe(HOUR);
  expect(madrid.offsetAt(utc('2026-03-29T01:00:00'))).toBe(2 * HOUR);
  expect(madrid.offsetAt(utc('2026-10-25T00:59:59.999'))).toBe(2 * HOUR);
  expect(madrid.offsetAt(utc('2026-10-25T01:00:00'))).toBe(HOUR);
});

test.each([
  ['Europe/Madrid', '2026-03-29', 23],
  ['Europe/Madrid', '2026-10-25', 25],
  ['Europe/Madrid', '2026-05-04', 24],
  ['Asia/Beirut', '2026-03-29', 23],
  ['Asia/Beirut', '2026-10-24', 25],
  ['America/Sao_Paulo', '2018-11-04', 23],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Asia/Tokyo', '2026-03-29', 24],
])('in %s %s has %d hours', (zone, date, hours) => {
  expect(lengthOf(zone, date)).toBe(hours);
});

test('a time that the clock leaps over is the instant of the leap', () => {
  const madrid = LocalTime.of('Europe/Madrid');
  expect(madrid.instantOf(dateNumber('2026-03-29'), 150)).toBe(utc('2026-03-29T01:00:00'));
});

test('of a time that the clock shows twice the first is meant', () => {
  const madrid = LocalTime.of('Europe/Madrid');
  expect(madrid.instantOf(dateNumber('2026-10-25'), 150)).toBe(utc('2026-10-25T00:30:00'));
});

test('a day without a midnight begins with its first instant', () => {
  const beirut = LocalTime.of('Asia/Beirut');
  const begin = beirut.instantOf(dateNumber('2026-03-29'), 0);
  expect(begin).toBe(utc('2026-03-28T22:00:00'));
  expect(beirut.minuteOf(begin)).toBe(60);
  expect(beirut.dayOf(begin)).toBe(dateNumber('2026-03-29'));
  expect(beirut.dayOf(begin - 1)).toBe(dateNumber('2026-03-28'));
});

test('the hour before a midnight that comes twice belongs to the old day, both times', () => {
  const beirut = LocalTime.of('Asia/Beirut');
  expect(beirut.dayOf(utc('2026-10-24T20:30:00'))).toBe(dateNumber('2026-10-24'));
  expect(beirut.dayOf(utc('2026-10-24T21:30:00'))).toBe(dateNumber('2026-10-24'));
  expect(beirut.instantOf(dateNumber('2026-10-25'), 0)).toBe(utc('2026-10-24T22:00:00'));
});

test('instants before 1970 have a date and a time too', () => {
  const utcClock = LocalTime.of('UTC');
  expect(utcClock.dayOf(-1)).toBe(-1);
  expect(utcClock.minuteOf(-1)).toBe(1439);
});

test('a zone is read once, and an unknown one refused', () => {
  expect(LocalTime.of('Europe/Madrid')).toBe(LocalTime.of('Europe/Madrid'));
  expect(() => LocalTime.of('Europe/Nowhere')).toThrow(RangeError);
});
