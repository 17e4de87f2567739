import { setTimeout as sleep } from 'node:timers/promises';
import { Latencies } from '../replay/latencies.js';
import { median, race, report } from './race.js';

const options = { rounds: 3, count: 10, concurrency: 2, seconds: 60 };

test('contenders take turns, and each is first in every other round', async () => {
  const turns: string[] = [];
  const contender = (name: string) => ({
    name,
    run: async () => {
      if (turns.at(-1) !== name) turns.push(name);
    },
  });
  const { rates } = await race([contender('a'), contender('b')], options);
  // warm-up a b, then a b, b a, a b: neighbours of one name are one entry
  expect(turns.join('')).toBe('abab' + 'ab');
  expect(rates.get('a')).toHaveLength(3);
});

test('no further round starts when the time is over', async () => {
  const slow = { name: 'slow', run: () => sleep(30) };
  const { rates } = await race([slow], { ...options, rounds: 100, seconds: 0.2 });
  expect(rates.get('slow')!.length).toBeLessThan(3);
});

test('a wrong answer ends the race', async () => {
  const wrong = { name: 'wrong', run: () => Promise.reject(new Error('wrong')) };
  await expect(race([wrong], options)).rejects.toThrow('wrong');
});

test('the report shows medians and how they compare with the last contender', async () => {
  const waits = (name: string, milliseconds: number) => ({ name, run: () => sleep(milliseconds) });
  const text = report(await race([waits('slow', 20), waits('fast', 5)], options), 'naps');
  expect(text).toMatch(
    /naps\/s, 3 rounds +median +least +most +ratio\nslow +\d+ +\d+ +\d+ +0\.\d+\nfast .* 1\.000/,
  );
  expect(text).toMatch(/latency +count/);
});

test('the ratio is the median of those of the rounds, not that of the medians', () => {
  const rates = new Map([
    ['one', [50, 100, 10]],
    ['yardstick', [100, 110, 20]],
  ]);
  const text = report({ rates, latencies: new Latencies() }, 'naps');
  expect(text).toMatch(/one +50 +10 +100 +0\.500\n/);
});

test('the median of an even number of rounds is the mean of the middle two', () => {
  expect(median([9, 1, 3])).toBe(3);
  expect(median([9, 1, 3, 5])).toBe(4);
});
