import { statedFees } from './stated-fees.js';

const HOUR = 60;

test.each<[string, [minutes: number, fee: number][]]>([
  [
    '1,90 per uur',
    [
      [HOUR, 190],
      [2 * HOUR, 380],
    ],
  ],
  [
    '1,40 per 30 min.',
    [
      [30, 140],
      [60, 280],
    ],
  ],
  [
    '0,04 per minuut',
    [
      [1, 4],
      [2, 8],
    ],
  ],
  [
    '1,75 p/u',
    [
      [HOUR, 175],
      [2 * HOUR, 350],
    ],
  ],
  [
    '3 euro per uur',
    [
      [HOUR, 300],
      [2 * HOUR, 600],
    ],
  ],
  [
    'P+R, 0,70 per uur',
    [
      [HOUR, 70],
      [2 * HOUR, 140],
    ],
  ],
  ['Dagkaart 10,00', [[HOUR, 1000]]],
  ['5,82 per dag', [[HOUR, 582]]],
  [
    '8,00 per 24 uur',
    [
      [1440, 800],
      [2880, 1600],
    ],
  ],
  [
    'Gratis parkeren',
    [
      [HOUR, 0],
      [1440, 0],
    ],
  ],
  [
    'Eerste 2 uur gratis, daarna 1,50 per uur',
    [
      [120, 0],
      [180, 150],
      [240, 300],
    ],
  ],
  [
    'eerste half uur gratis daarna 3,45 per uur',
    [
      [30, 0],
      [90, 345],
      [150, 690],
    ],
  ],
  [
    '1e uur gratis, daarna 1,50 per uur',
    [
      [60, 0],
      [120, 150],
      [180, 300],
    ],
  ],
  [
    'Eerste uur 4,80 daarna 1,60 per 20 min',
    [
      [60, 480],
      [80, 640],
      [100, 800],
    ],
  ],
  [
    'Eerste uur 0,40 per 15 min, daarna 0,20 per 12 min',
    [
      [60, 160],
      [72, 180],
      [84, 200],
    ],
  ],
  [
    'Eerste uur 1,20, tweede uur 2,40, volgende 2 uur 3,50',
    [
      [60, 120],
      [120, 360],
      [240, 710],
    ],
  ],
  [
    'Eerste 20 min gratis, 20-30 min 0,50, daarna 0,50 per 30 min',
    [
      [20, 0],
      [30, 50],
      [60, 100],
      [90, 150],
    ],
  ],
  [
    '1,70 per 57 minuten, eerste 14 minuten gratis',
    [
      [14, 0],
      [71, 170],
      [128, 340],
    ],
  ],
  [
    '0,15 voor 30 min, 0,30 voor 45 min, 0,50 per uur',
    [
      [30, 15],
      [45, 30],
      [60, 50],
      [120, 100],
    ],
  ],
])('%s', (description, fees) => {
  expect(statedFees(description)).toEqual(fees.map(([minutes, fee]) => ({ minutes, fee })));
});

test.each([
  'Zone Groen',
  'NULL',
  'max. dagtarief 15,00',
  '0,60 per uur max 4 uur',
  '0,50 per 15 minuten, 3de uur gratis',
  'Niet in gebruik',
  '',
])('nothing is read where not all is understood: "%s"', (description) => {
  expect(statedFees(description)).toEqual([]);
});
