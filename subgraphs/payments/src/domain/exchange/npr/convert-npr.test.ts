import { chargeStay } from '../../tariff/charge.js';
import { CompiledTariff } from '../../tariff/compiled-tariff.js';
import { convertNpr, type NprFarePart, type NprRefusal } from './convert-npr.js';

type Part = [startDuration: number, amount: number, stepSize: number];
const parts = (all: readonly Part[]): NprFarePart[] =>
  all.map(([startDuration, amount, stepSize]) => ({ startDuration, amount, stepSize }));
const converted = (all: readonly Part[], vatPercentage = 0) =>
  convertNpr({ parts: parts(all), vatPercentage });
const cost = (all: readonly Part[], minutes: number) => {
  const outcome = converted(all);
  if ('refusal' in outcome) throw new Error(outcome.refusal);
  const enteredAt = new Date('2026-01-05T08:00:00Z');
  const at = new Date(enteredAt.getTime() + minutes * 60_000);
  return chargeStay(new CompiledTariff(outcome.rules, 'Europe/Amsterdam'), { enteredAt, at }).amount;
};

// from the Dutch National Parking Register (RDW open data), January 2026: area manager, fare, its parts, and the fees
// that its description there states, in cents by minutes
test.each<[fare: string, fareParts: Part[], fees: Record<number, number>]>([
  ['2199 150_PRHAND', [[0, 2.25, 60]], { 1: 225, 60: 225, 120: 450 }],
  ['392 PR01', [[0, 0, 1]], { 60: 0, 1440: 0 }],
  ['2459 GAR43', [[0, 1, 30]], { 30: 100, 60: 200 }],
  ['400 GAR02', [[0, 10, 1440]], { 60: 1000, 1440: 1000 }],
  ['355 TARO4', [[0, 0.06666667, 1]], { 60: 400 }],
  ['268 268_CANISI', [[0, 0.03, 1]], { 60: 180, 120: 360 }],
  ['289 TER_01', [[0, 0.02666667, 1]], { 60: 160, 120: 320 }],
  ['163 163_GAR01', [[0, 0.1, 6]], { 6: 10, 12: 20 }],
  ['599 GAR18', [[0, 0.5, 18]], { 18: 50, 36: 100 }],
  [
    '321 GAR01',
    [
      [0, 0, 120],
      [120, 1.5, 60],
    ],
    { 120: 0, 180: 150, 240: 300 },
  ],
  [
    '2459 GAR30',
    [
      [0, 0, 120],
      [120, 0.5, 30],
    ],
    { 120: 0, 150: 50, 180: 100 },
  ],
  [
    '114 GAR03',
    [
      [0, 0, 1],
      [14, 0.02982456, 1],
    ],
    { 14: 0, 71: 170, 128: 340 },
  ],
  [
    '173 TER01',
    [
      [0, 0.02166667, 1],
      [120, 0.015, 1],
      [240, 0, 1],
    ],
    { 60: 130, 120: 260, 180: 350, 240: 440, 600: 440 },
  ],
  [
    '203 TER03',
    [
      [0, 0.005, 1],
      [30, 0.01, 1],
      [45, 0.01333333, 1],
      [60, 0.00833333, 1],
    ],
    { 30: 15, 45: 30, 60: 50 },
  ],
  [
    '2062 GAR27',
    [
      [0, 0.5, 30],
      [120, 1, 30],
      [240, 2.5, 30],
    ],
    { 30: 50, 120: 200, 150: 300, 240: 600, 270: 850 },
  ],
  [
    '2062 GAR51',
    [
      [0, 1.83, 60],
      [60, 0, 120],
      [180, 1.83, 60],
    ],
    { 60: 183, 180: 183, 240: 366 },
  ],
  [
    '2062 GAR77',
    [
      [0, 0.4, 15],
      [60, 0.2, 12],
    ],
    { 15: 40, 60: 160, 72: 180 },
  ],
  [
    '2093 GAR01',
    [
      [0, 4.8, 60],
      [60, 1.6, 20],
    ],
    { 60: 480, 80: 640 },
  ],
  [
    '2462 TER01',
    [
      [0, 0, 20],
      [20, 0.5, 10],
      [30, 0.5, 30],
    ],
    { 20: 0, 30: 50, 60: 100 },
  ],
  [
    '2620 TER02',
    [
      [0, 0, 1],
      [30, 0.02716667, 1],
    ],
    { 30: 0, 90: 163, 150: 326 },
  ],
  [
    '642 GAR01',
    [
      [0, 1.5, 60],
      [60, 0, 60],
      [120, 1, 60],
    ],
    { 60: 150, 120: 150, 180: 250 },
  ],
  [
    '938 TAR03',
    [
      [0, 0.7, 60],
      [60, 0.8, 60],
      [120, 2, 60],
    ],
    { 60: 70, 120: 150, 180: 350 },
  ],
  [
    '363 363_PR05',
    [
      [0, 8, 1440],
      [1440, 1, 1440],
      [5760, 1.4, 60],
    ],
    { 1440: 800, 2880: 900, 5760: 1100, 5820: 1240 },
  ],
])('fare %s costs what its description states', (_fare, fareParts, fees) => {
  for (const [minutes, fee] of Object.entries(fees))
    expect([minutes, cost(fareParts, Number(minutes))]).toEqual([minutes, fee]);
});

test('parts may come in any order', () => {
  expect(
    converted([
      [120, 1.5, 60],
      [0, 0, 120],
    ]),
  ).toEqual(
    converted([
      [0, 0, 120],
      [120, 1.5, 60],
    ]),
  );
});

test('a price for a minute becomes one for a time at which it is whole cents', () => {
  const [hour, odd] = [converted([[0, 0.01166667, 1]]), converted([[0, 0.02982456, 1]])];
  expect(hour).toMatchObject({ rules: { bands: [{ steps: [{ minutes: 60, price: 70, prorated: true }] }] } });
  expect(odd).toMatchObject({ rules: { bands: [{ steps: [{ minutes: 57, price: 170, prorated: true }] }] } });
});

test('the tax is contained in the prices, and not stated where it is 0', () => {
  expect(converted([[0, 1, 60]], 21)).toMatchObject({ rules: { tax: { percent: 21, included: true } } });
  expect(converted([[0, 1, 60]])).toMatchObject({ rules: { tax: null } });
});

test.each<[NprRefusal, Part[]]>([
  ['NO_PARTS', []],
  ['DOES_NOT_BEGIN_AT_ENTRY', [[15, 1, 60]]],
  [
    'PARTS_BEGIN_TOGETHER',
    [
      [0, 1, 60],
      [0, 2, 60],
    ],
  ],
  ['NO_STEP_SIZE', [[0, 1, 0]]],
  ['TOO_LONG', [[0, 1, 600_000]]],
  ['FRACTION_OF_A_CENT', [[0, 0.495, 11]]],
])('a fare is refused: %s', (refusal, fareParts) => {
  expect(converted(fareParts)).toEqual({ refusal });
});
