import { hasFailedTooLong, judge } from './attempt.js';

const AT = new Date('2026-11-22T09:00:00Z');
const SCHEDULE = [0, 5, 300];
const answer = (responseStatus: number | null, retryAfterSeconds: number | null = null) => ({
  responseStatus,
  failure: responseStatus === null ? ('TIMEOUT' as const) : null,
  retryAfterSeconds,
});

test.each([200, 201, 202, 204, 299])('%d means delivered', (status) => {
  expect(judge(answer(status), 1, SCHEDULE, AT, 0)).toEqual({ status: 'DELIVERED', nextAttemptAt: null });
});

test.each([301, 302, 307, 308, 400, 404, 429, 500, 503, null])('%s is tried again', (status) => {
  expect(judge(answer(status), 1, SCHEDULE, AT, 0)).toEqual({
    status: 'PENDING',
    nextAttemptAt: new Date('2026-11-22T09:00:05Z'),
  });
});

test('410 is final', () => {
  expect(judge(answer(410), 1, SCHEDULE, AT, 0)).toEqual({ status: 'FAILED', nextAttemptAt: null });
});

test('after the last attempt of the schedule the delivery has failed', () => {
  expect(judge(answer(500), 2, SCHEDULE, AT, 0).status).toBe('PENDING');
  expect(judge(answer(500), 3, SCHEDULE, AT, 0)).toEqual({ status: 'FAILED', nextAttemptAt: null });
});

test('an endpoint is given up after days of nothing but failure', () => {
  expect(hasFailedTooLong(null, AT, 5)).toBe(false);
  expect(hasFailedTooLong(new Date('2026-11-17T09:00:01Z'), AT, 5)).toBe(false);
  expect(hasFailedTooLong(new Date('2026-11-17T09:00:00Z'), AT, 5)).toBe(true);
});
