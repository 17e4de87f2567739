import { Pace } from './pace.js';

const after = (pace: Pace, times: number, events: number, milliseconds: number): number => {
  let apart = 0;
  for (let time = 0; time < times; time += 1) apart = pace.apart(events, milliseconds);
  return apart;
};

test('little is told at once, a burst among it too', () => {
  const pace = new Pace(3);
  expect(after(pace, 100, 3, 3)).toBe(3);
  expect(pace.apart(60, 3)).toBe(3);
  expect(pace.apart(5_000, 60_000)).toBe(3);
});

test('much for a while is told in larger parts, the more the larger, up to 60 ms', () => {
  expect(after(new Pace(3), 200, 12, 3)).toBeCloseTo(40, 0);
  expect(after(new Pace(3), 200, 1_200, 60)).toBe(60);
});

test('when it is over, the next is told at once', () => {
  const pace = new Pace(3);
  after(pace, 50, 300, 50);
  expect(pace.apart(1, 1_000)).toBe(3);
});
