import { stepsOf } from '../steps.js';

test('a period that is longer than its step is asked once', () => {
  const price = (minutes: number, asked: number) => ({ minutes, price: asked, prorated: false });
  const spans = [
    { from: 0, to: 30, price: price(60, 200) },
    { from: 30, to: null, price: price(60, 100) },
  ];
  expect(stepsOf(spans)).toEqual([
    { upTo: 30, minutes: null, price: 200, prorated: false },
    { upTo: null, minutes: 60, price: 100, prorated: false },
  ]);
});
