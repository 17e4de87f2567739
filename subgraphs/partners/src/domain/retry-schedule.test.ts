import { nextAttemptAt, retryAfterSeconds, STANDARD_SCHEDULE } from './retry-schedule.js';

const FAILED_AT = new Date('2026-11-22T09:00:00Z');
const wait = (attempts: number, retryAfter: number | null = null, random = 0) => {
  const at = nextAttemptAt(STANDARD_SCHEDULE, attempts, FAILED_AT, retryAfter, random);
  return at && (at.getTime() - FAILED_AT.getTime()) / 1000;
};

test('the waits are those of Standard Webhooks', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempts) => wait(attempts))).toEqual([
    5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
});

test('after the tenth attempt there is no other', () => {
  expect(wait(10)).toBeNull();
});

test('jitter makes a wait longer by a tenth at most', () => {
  expect(wait(2, null, 1)).toBeCloseTo(330);
  expect(wait(2, null, 0.5)).toBeCloseTo(315);
});

test('Retry-After lengthens a wait but never shortens it', () => {
  expect(wait(1, 60)).toBe(60);
  expect(wait(2, 60)).toBe(300);
});

test('Retry-After cannot postpone an attempt for more than a day', () => {
  expect(wait(1, 999_999_999)).toBe(86_400);
});

test('Retry-After is read as seconds and as a date, and nonsense is nothing', () => {
  expect(retryAfterSeconds('120', FAILED_AT)).toBe(120);
  expect(retryAfterSeconds('Sun, 22 Nov 2026 09:01:30 GMT', FAILED_AT)).toBe(90);
  expect(retryAfterSeconds('Sun, 22 Nov 2026 08:00:00 GMT', FAILED_AT)).toBe(0);
  expect(retryAfterSeconds('-5', FAILED_AT)).toBeNull();
  expect(retryAfterSeconds('soon', FAILED_AT)).toBeNull();
  expect(retryAfterSeconds(undefined, FAILED_AT)).toBeNull();
});
