import { readFileSync } from 'node:fs';
import { checkRules } from '../../../use-cases/check-tariff-rules.js';
import { chargeStay, type Stay } from '../../tariff/charge.js';
import { CompiledTariff } from '../../tariff/compiled-tariff.js';
import type { TariffDraft } from '../exchange.js';
import { importOcpi } from './import-ocpi.js';

const { tariffs } = JSON.parse(
  readFileSync(new URL('./fixtures/published-tariffs.json', import.meta.url), 'utf8'),
) as { tariffs: Record<string, Record<string, unknown>> };

function draftOf(document: unknown): TariffDraft {
  const imported = importOcpi(document);
  if ('faults' in imported) throw new Error(JSON.stringify(imported.faults));
  return imported.draft;
}

const MINUTE = 60_000;
/** A Monday, at half past nine. */
const entry = new Date('2026-05-04T09:30:00Z');
const after = (minutes: number) => new Date(entry.getTime() + minutes * MINUTE);
/** Charging for some minutes, then parked. Charging is absence, so that it is not charged as parking. */
const charged = (charging: number, parked: number, items: Stay['items'] = []): Stay => ({
  enteredAt: entry,
  at: after(charging + parked),
  away: charging > 0 ? [{ from: entry, to: after(charging) }] : [],
  items,
});
const stayed = (minutes: number, items: Stay['items'] = []): Stay => charged(0, minutes, items);
const energy = (quantity: number) => ({ code: 'ENERGY', quantity });

/** Before and after taxes in cents. */
function costOf(name: string, stay: Stay): [excl: number, incl: number] {
  const charge = chargeStay(new CompiledTariff(draftOf(tariffs[name]).rules, 'UTC'), stay);
  return [charge.amount - (charge.tax ?? 0), charge.amount];
}

// source: OCPI 2.3.0, mod_tariffs.asciidoc and mod_cdrs.asciidoc; tandemdrive: its CDRs of the same name
const PUBLISHED: [id: string, tariff: string, stay: Stay, excl: number, incl: number][] = [
  ['ocpi-1', 'tariff_1_simple_2hour', stayed(150), 500, 550],
  ['ocpi-2', 'tariff_2_alt_text', stayed(150), 475, 500],
  ['ocpi-3a', 'tariff_3_alt_url', stayed(60, [energy(20.45)]), 563, 624],
  ['ocpi-5', 'tariff_5_free_of_charge', stayed(600), 0, 0],
  ['ocpi-6b', 'tariff_6_025kwh_start_max_price', stayed(60, [energy(30)]), 800, 885],
  ['ocpi-8', 'tariff_8_simple_025kwh', stayed(60, [energy(20)]), 500, 550],
  ['ocpi-9', 'tariff_9_025kwh_start', stayed(60, [energy(20)]), 550, 610],
  ['ocpi-10', 'tariff_10_025kwh_parking_start', charged(60, 40, [energy(20)]), 700, 790],
  ['ocpi-12a', 'tariff_12_025kwh_min_price', stayed(60, [energy(20)]), 500, 550],
  ['ocpi-12b', 'tariff_12_025kwh_min_price', stayed(60, [energy(1.9)]), 50, 55],
  [
    'ocpi-15',
    'tariff_15_reservation_5_euro_per_hour',
    stayed(60, [energy(20), { code: 'RESERVATION', quantity: 0.25 }]),
    675,
    760,
  ],
  [
    'ocpi-16',
    'tariff_16_reservation_2_euro_fee_5_euro_per_hour',
    stayed(60, [
      energy(20),
      { code: 'RESERVATION_FEE', quantity: 1 },
      { code: 'RESERVATION', quantity: 13 / 60 },
    ]),
    875,
    1000,
  ],
  [
    'ocpi-17a',
    'tariff_17_reservation_with_expire_fee',
    stayed(60, [energy(20), { code: 'RESERVATION', quantity: 22 / 60 }]),
    650,
    730,
  ],
  [
    'ocpi-18a',
    'tariff_18_reservation_with_expire_time',
    stayed(60, [energy(20), { code: 'RESERVATION', quantity: 22 / 60 }]),
    700,
    790,
  ],
  [
    'ocpi-17b',
    'tariff_17_reservation_with_expire_fee',
    { ...stayed(60, [{ code: 'RESERVATION', quantity: 1 }]), noShow: true },
    600,
    720,
  ],
  [
    'ocpi-18b',
    'tariff_18_reservation_with_expire_time',
    { ...stayed(90, [{ code: 'RESERVATION_EXPIRED', quantity: 1.5 }]), noShow: true },
    900,
    1080,
  ],
  ['ocpi-19', 'tariff_19_simple_north_american_exclusive', stayed(150), 500, 500],
  ['ocpi-20', 'tariff_20_simple_north_american_inclusive', stayed(120), 420, 420],
  ['tandemdrive grace_period', 'tandemdrive_grace_period_parking_time', stayed(45), 75, 75],
  [
    'tandemdrive grace_period with energy',
    'tandemdrive_grace_period_parking_time',
    { ...stayed(45), items: [energy(10)] },
    325,
    350,
  ],
  ['tandemdrive multiple_flat_fees', 'tandemdrive_multiple_flat_fees', stayed(90), 100, 100],
  ['tandemdrive first_hour_kwh_free', 'tandemdrive_first_hour_kwh_free', stayed(240), 700, 700],
];

test.each(PUBLISHED)('the published example %s costs what its source says', (_, tariff, stay, excl, incl) => {
  expect(costOf(tariff, stay)).toEqual([excl, incl]);
});

test('a step of a sixtieth is exact, however often it is taken', () => {
  const elements = [
    {
      price_components: [{ type: 'TIME', price: 5, step_size: 60 }],
      restrictions: { reservation: 'RESERVATION' },
    },
  ];
  const { rules } = draftOf(tariff({ elements }));
  const stay = stayed(60, [{ code: 'RESERVATION', quantity: 1000 }]);
  expect(chargeStay(new CompiledTariff(rules, 'UTC'), stay).amount).toBe(500_000);
});

// the published figure, what Plaza charges instead, and where the import says why
const DIFFERENT: [
  id: string,
  tariff: string,
  stay: Stay,
  published: number,
  charged: number,
  path: string,
][] = [
  ['ocpi-4a', 'tariff_4_complex', charged(165, 42), 900, 600, 'elements.1.restrictions.max_current'],
  [
    'ocpi-13',
    'tariff_13_simple_3hour_5parking',
    charged(150, 42, [{ code: 'CHARGING_TIME', quantity: 2.5 }]),
    1125,
    1100,
    'elements.0.price_components.1.step_size',
  ],
  ['ocpi-14b', 'tariff_14_step_size', stayed(35), 130, 75, 'elements.0.price_components.0'],
  [
    'ocpi-max_power',
    'tariffrestriction_example_max_power',
    stayed(60, [energy(41.5)]),
    2030,
    2075,
    'elements.0.restrictions.max_power',
  ],
  [
    'ocpi-max_duration',
    'tariffrestriction_example_max_duration',
    stayed(40, [energy(6.2)]),
    30,
    248,
    'elements.0.restrictions',
  ],
];

test.each(DIFFERENT)(
  'the published example %s cannot be charged as its source says, and the import tells why',
  (_, tariff, stay, published, asked, path) => {
    const [excl] = costOf(tariff, stay);
    expect(excl).toBe(asked);
    expect(excl).not.toBe(published);
    expect(draftOf(tariffs[tariff]).notExpressed.map((one) => one.path)).toContain(path);
  },
);

test('what a maximum takes off is taxed at the one rate of the fees, and the import tells so', () => {
  // published: 10.00 before and 11.00 after taxes
  expect(costOf('tariff_6_025kwh_start_max_price', stayed(60, [energy(50)]))).toEqual([1000, 1075]);
  const { notExpressed } = draftOf(tariffs['tariff_6_025kwh_start_max_price']);
  expect(notExpressed).toContainEqual(expect.objectContaining({ path: 'max_price' }));
});

test.each(Object.keys(tariffs))('the published tariff %s can be published here', (name) => {
  expect(checkRules(draftOf(tariffs[name]).rules)).toHaveProperty('rules');
});

const tariff = (over: object) => ({ id: '1', currency: 'EUR', elements: [], ...over });
const element = (price: number, restrictions?: object, over: object = {}) => ({
  price_components: ['TIME', 'PARKING_TIME'].map((type) => ({ type, price, step_size: 1, ...over })),
  ...(restrictions ? { restrictions } : {}),
});

test('a tariff that counts charging and parking alike is expressed without a loss', () => {
  const { rules, notExpressed } = draftOf(tariff({ elements: [element(2, undefined, { step_size: 1800 })] }));
  expect(notExpressed).toEqual([]);
  expect(rules.bands).toEqual([
    {
      name: 'Parking',
      windows: [],
      entered: [],
      steps: [{ upTo: null, minutes: 30, price: 100, prorated: false }],
      restart: 'NEVER',
      atEnd: 'CUT',
    },
  ]);
});

test('hours over midnight on named days are two windows of those days', () => {
  const night = { start_time: '20:00', end_time: '08:00', day_of_week: ['FRIDAY'] };
  const { rules } = draftOf(tariff({ elements: [element(1, night), element(2)] }));
  expect(rules.bands.map(({ name, windows }) => [name, windows])).toEqual([
    [
      'FRI 20:00-08:00',
      [
        { days: ['FRI'], from: 1200, to: 1440 },
        { days: ['FRI'], from: 0, to: 480 },
      ],
    ],
    ['Parking', []],
  ]);
});

test('what comes after a price of all hours is never reached, and makes no band', () => {
  const day = { start_time: '09:00', end_time: '18:00' };
  const { rules } = draftOf(tariff({ elements: [element(3), element(1, day)] }));
  expect(rules.bands.map(({ name, steps }) => [name, steps[0]?.price])).toEqual([['Parking', 300]]);
});

test('free time at all hours comes before the prices of some hours', () => {
  const day = { start_time: '09:00', end_time: '18:00' };
  const { rules } = draftOf(
    tariff({ elements: [element(0, { max_duration: 1800 }), element(3, day), element(1)] }),
  );
  expect(rules.graces).toMatchObject({ entry: 30, beyondEntry: 'FROM_GRACE_END' });
  const tariffs = new CompiledTariff(rules, 'UTC');
  expect([20, 90, 570].map((minutes) => chargeStay(tariffs, stayed(minutes)).amount)).toEqual([0, 300, 2500]);
});

test('a shorter price at all hours is a step of each band, which counts its own time, and that is listed', () => {
  const day = { start_time: '09:00', end_time: '18:00' };
  const elements = [element(5, { max_duration: 3600 }), element(3, day), element(1)];
  const { rules, notExpressed } = draftOf(tariff({ elements }));
  expect(rules.bands.map(({ name, steps }) => [name, steps.map(({ upTo, price }) => [upTo, price])])).toEqual(
    [
      [
        '09:00-18:00',
        [
          [60, 500],
          [null, 300],
        ],
      ],
      [
        'Parking',
        [
          [60, 500],
          [null, 100],
        ],
      ],
    ],
  );
  expect(notExpressed.map(({ path }) => path)).toEqual(['elements.0.restrictions']);
});

test('a price with fractions of a cent is charged in proportion over a longer time', () => {
  const { rules } = draftOf(tariff({ elements: [element(1.948)] }));
  expect(rules.bands[0]?.steps).toEqual([{ upTo: null, minutes: 600, price: 1948, prorated: true }]);
});

test('a start is a suggestion for the version, in UTC', () => {
  const { effectiveFrom } = draftOf(
    tariff({ start_date_time: '2026-06-30T22:00:00', elements: [element(2)] }),
  );
  expect(effectiveFrom).toEqual(new Date('2026-06-30T22:00:00Z'));
});

test('fields of which nothing is known are listed, with what they say', () => {
  const surprising = element(2, undefined, { surcharge: 3 });
  expect(draftOf(tariff({ loyalty: { points: 2 }, elements: [surprising] })).notExpressed).toEqual([
    { path: 'loyalty', says: '{"points":2}', why: expect.any(String) },
    { path: 'elements.0.price_components.0.surcharge', says: '3', why: expect.any(String) },
    { path: 'elements.0.price_components.1.surcharge', says: '3', why: expect.any(String) },
  ]);
});

test('what is no OCPI tariff is refused with the paths of what is wrong', () => {
  const wrong = tariff({ currency: 'EURO', elements: [{ price_components: [{ type: 'TIME', price: -1 }] }] });
  expect(importOcpi(wrong)).toEqual({
    faults: [
      { path: 'currency', message: 'Not an ISO 4217 code.' },
      { path: 'elements.0.price_components.0.price', message: 'Cannot be negative.' },
      { path: 'elements.0.price_components.0.step_size', message: 'It is missing.' },
    ],
  });
});
