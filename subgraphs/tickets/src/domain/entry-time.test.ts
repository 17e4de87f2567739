import { entryInstant } from './entry-time.js';

const now = new Date('2026-11-22T08:00:00Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1000);

test('an entry without a time happens now', () => {
  expect(entryInstant(undefined, now, false)).toEqual(now);
  expect(entryInstant(null, now, true)).toEqual(now);
});

test('a gate whose clock is up to a minute behind reports its own time', () => {
  expect(entryInstant(seconds(-60), now, false)).toEqual(seconds(-60));
});

test('a gate whose clock runs up to a minute ahead reports an entry of now', () => {
  expect(entryInstant(seconds(60), now, false)).toEqual(now);
});

test('nobody reports the future, whatever their scopes', () => {
  expect(() => entryInstant(seconds(61), now, true)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT' }),
  );
});

test('the past takes the scope tickets:backdate', () => {
  expect(() => entryInstant(seconds(-61), now, false)).toThrow(
    expect.objectContaining({ code: 'FORBIDDEN' }),
  );
  expect(entryInstant(seconds(-61), now, true)).toEqual(seconds(-61));
  expect(() => entryInstant(new Date(-1), now, true)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT' }),
  );
});
