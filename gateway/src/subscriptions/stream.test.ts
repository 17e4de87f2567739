import { jest } from '@jest/globals';
import { stream } from './stream.js';

const never = () => new Promise<undefined>(() => undefined);

test('return() stops the source at once, even while a next() is pending', async () => {
  const stop = jest.fn();
  const waiting = stream(never, stop);
  void waiting.next();
  await waiting.return();
  expect(stop).toHaveBeenCalledTimes(1);
  expect(await waiting.next()).toEqual({ done: true, value: undefined });
});

test('a source that ends or fails is stopped once', async () => {
  const stop = jest.fn();
  const ending = stream(() => Promise.resolve(undefined), stop);
  expect((await ending.next()).done).toBe(true);
  await ending.return();
  expect(stop).toHaveBeenCalledTimes(1);
  const failing = stream(() => Promise.reject(new Error('broken')), stop);
  await expect(failing.next()).rejects.toThrow('broken');
  expect((await failing.next()).done).toBe(true);
  expect(stop).toHaveBeenCalledTimes(2);
});

test('a value that arrives after the end is not given out', async () => {
  let give: (value: number) => void = () => undefined;
  const late = stream(
    () => new Promise<number>((resolve) => (give = resolve)),
    () => undefined,
  );
  const pending = late.next();
  await late.return();
  give(1);
  expect((await pending).done).toBe(true);
});
