import { inCash, round } from '../rounding.js';
import { simpleTariff, type Rounding } from '../tariff-rules.js';
import {
  band,
  banded,
  charged,
  chargedFor,
  costs,
  costsFor,
  daily,
  each,
  eur,
  HOUR,
  hourly,
  may,
  prorated,
} from './tariffs.js';

const rounding = (over: Partial<Rounding>): { rounding: Rounding } => ({
  rounding: { mode: 'HALF_UP', unit: 1, per: 'LINE', cashUnit: 1, ...over },
});

describe('tax', () => {
  test('is contained in the prices', () => {
    expect(chargedFor(hourly({ tax: { percent: 21, included: true } }), 150)).toMatchObject({
      amount: 600,
      tax: 104,
      taxes: [{ percent: 21, amount: 600, tax: 104 }],
    });
  });
  test('or comes on top', () => {
    expect(chargedFor(hourly({ tax: { percent: 21, included: false } }), 150)).toMatchObject({
      amount: 726,
      tax: 126,
      lines: [{ amount: 600 }, { rule: 'TAX', taxPercent: 21, amount: 126 }],
    });
  });
  test.each([
    [21, 12_100, 2100],
    [7.7, 10_770, 770],
    [0, 500, 0],
    [10, 5, 0],
    [10, 6, 1],
  ])('of %d %% is contained in %d: %d', (percent, price, tax) => {
    expect(chargedFor(eur([each(1440, price)], { tax: { percent, included: true } }), 90).tax).toBe(tax);
  });
  test('of each rate is stated', () => {
    const rules = hourly({
      tax: { percent: 20, included: false },
      items: [{ code: 'EV', name: 'Energy', unit: 'kWh', price: 25, step: 0, taxPercent: 10 }],
    });
    expect(chargedFor(rules, HOUR, { items: [{ code: 'EV', quantity: 20 }] })).toMatchObject({
      amount: 240 + 550,
      tax: 90,
      taxes: [
        { percent: 20, amount: 240, tax: 40 },
        { percent: 10, amount: 550, tax: 50 },
      ],
    });
  });
  test('is not stated where the tariff states none', () => {
    expect(chargedFor(hourly(), 60)).toMatchObject({ tax: null, taxes: [] });
  });
});

describe('rounding', () => {
  test.each([
    ['HALF_UP', [0, 1, 1, 2, 2, 3]],
    ['HALF_EVEN', [0, 0, 1, 2, 2, 2]],
    ['UP', [0, 1, 1, 2, 2, 3]],
    ['DOWN', [0, 0, 0, 1, 2, 2]],
  ] as const)('%s', (mode, expected) => {
    expect([0, 0.5, 0.6, 1.5, 2, 2.5].map((amount) => round(amount, { mode, unit: 1 }))).toEqual(expected);
  });
  test('is to multiples of a unit', () => {
    const to5 = eur([prorated(HOUR, 200)], rounding({ unit: 5, mode: 'UP' }));
    expect([1, 3, 31].map((minutes) => costsFor(to5, minutes))).toEqual([5, 10, 105]);
  });
  test('takes a binary fraction for what is meant', () => {
    expect(round(2.675 * 100, { mode: 'HALF_UP', unit: 1 })).toBe(268);
    expect(round(1.1 * 100, { mode: 'UP', unit: 1 })).toBe(110);
  });
  test('is of each line or of the total', () => {
    const bands = [
      band('Morning', [daily('00:00-12:00')], [prorated(HOUR, 30)]),
      band('Evening', [daily('12:00-24:00')], [prorated(HOUR, 30)]),
    ];
    const [from, to] = [may(4, '11:59'), may(4, '12:01')];
    // half a cent for each of the two minutes
    expect(costs(banded(bands, rounding({})), from, to)).toBe(2);
    const total = charged(banded(bands, rounding({ per: 'TOTAL' })), from, to);
    expect(total.amount).toBe(1);
    expect(total.lines.map(({ amount }) => amount).reduce((a, b) => a + b)).toBe(1);
  });
  test('of the total comes after the tax, and is a line', () => {
    const rules = hourly({ tax: { percent: 21, included: false }, ...rounding({ per: 'TOTAL', unit: 5 }) });
    expect(chargedFor(rules, HOUR)).toMatchObject({
      amount: 240,
      tax: 42,
      lines: [{ amount: 200 }, { rule: 'TAX', amount: 42 }, { rule: 'ROUNDING', amount: -2 }],
    });
  });
  test('of cash is to its smallest coin, half up', () => {
    const { rounding: coins } = rounding({ cashUnit: 5 });
    expect([100, 101, 102, 103, 107, 108].map((due) => inCash(coins, due))).toEqual([
      100, 100, 100, 105, 105, 110,
    ]);
  });
});

test.each([
  ['JPY', 100, 300],
  ['EUR', 250, 750],
  ['KWD', 1250, 3750],
])('amounts are minor units, in %s too', (currency, price, expected) => {
  expect(costs(simpleTariff(currency, [each(20, price)]), may(4, '10:00'), may(4, '11:00'))).toBe(expected);
});

test('the quantity of time in proportion has at most six decimals, its amount comes from all of them', () => {
  const { lines } = chargedFor(eur([prorated(HOUR, 6_000_000)]), 10);
  expect(lines).toMatchObject([{ rule: 'TIME', quantity: 0.166667, amount: 1_000_000 }]);
});
