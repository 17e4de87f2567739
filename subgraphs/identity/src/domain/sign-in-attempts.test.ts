import { secondsToWait, secondsToWaitAfter } from './sign-in-attempts.js';

const now = new Date('2026-03-01T12:00:00Z');
const windowEndsAt = new Date('2026-03-01T12:10:00Z');

test('nobody waits before the fifth failure', () => {
  expect(secondsToWait(undefined, now)).toBe(0);
  expect(secondsToWait({ failures: 4, windowEndsAt }, now)).toBe(0);
});

test('after the fifth failure the next attempt waits for the end of the window', () => {
  expect(secondsToWait({ failures: 5, windowEndsAt }, now)).toBe(600);
  expect(secondsToWait({ failures: 5, windowEndsAt }, new Date('2026-03-01T12:10:00Z'))).toBe(0);
});

test('an attempt that was counted sixth gets no answer, the fifth does', () => {
  expect(secondsToWaitAfter({ failures: 5, windowEndsAt }, now)).toBe(0);
  expect(secondsToWaitAfter({ failures: 6, windowEndsAt }, now)).toBe(600);
});
