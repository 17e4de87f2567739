import { SharedReading } from './shared-reading.js';

test('who asks before a reading begins shares it; who asks while it runs gets the next one', async () => {
  const finish: ((value: number) => void)[] = [];
  const reading = new SharedReading(() => new Promise<number>((resolve) => finish.push(resolve)));
  const together = [reading.get(), reading.get()];
  await Promise.resolve();
  await Promise.resolve();
  const late = reading.get();
  expect(finish).toHaveLength(1);
  finish[0]?.(1);
  expect(await Promise.all(together)).toEqual([1, 1]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(finish).toHaveLength(2);
  finish[1]?.(2);
  expect(await late).toBe(2);
});

test('a reading that fails fails for those who shared it, and the next one begins anew', async () => {
  let attempt = 0;
  const reading = new SharedReading(() =>
    ++attempt === 1 ? Promise.reject(new Error('away')) : Promise.resolve(attempt),
  );
  await expect(reading.get()).rejects.toThrow('away');
  expect(await reading.get()).toBe(2);
});
