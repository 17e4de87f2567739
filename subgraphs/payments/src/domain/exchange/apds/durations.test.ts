import { durationOf, minutesOfDuration } from './durations.js';

test.each([
  ['00:00', 0],
  ['02:01', 121],
  ['24:00', 1440],
  ['00:59:59', 60],
  ['PT1H30M', 90],
  ['P1DT2H', 1560],
  ['P2W', 20_160],
  ['P3600S', 60],
  ['PT3599S', 60],
])('%s is %d minutes', (text, minutes) => {
  expect(minutesOfDuration(text)).toBe(minutes);
});

test.each(['', 'P', 'PT', '1:5', 'an hour', 'PT1X', '-PT1H'])('%j is no duration', (text) => {
  expect(minutesOfDuration(text)).toBeNull();
});

test('every length is read as it was written', () => {
  for (let minutes = 0; minutes < 5000; minutes += 7)
    expect(minutesOfDuration(durationOf(minutes))).toBe(minutes);
});
