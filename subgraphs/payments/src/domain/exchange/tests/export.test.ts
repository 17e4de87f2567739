import { exportApds } from '../apds/export-apds.js';
import type { TariffHeading } from '../exchange.js';
import { exportOcpi } from '../ocpi/export-ocpi.js';
import { simpleTariff, type Step, type TariffRules } from '../../tariff/tariff-rules.js';

const heading: TariffHeading = {
  id: '019ac000-0000-7000-8000-000000000001',
  name: 'Main garage',
  number: 3,
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  publishedAt: new Date('2025-12-01T00:00:00Z'),
};
const party = { countryCode: 'ES', partyId: 'PLZ' };
const step = (over: Partial<Step>): Step => ({
  upTo: null,
  minutes: 60,
  price: 200,
  prorated: false,
  ...over,
});
const noExit = { entry: 0, beyondEntry: 'FROM_START', end: 0, exit: 0, reentry: 0 } as const;
const pathsOf = (losses: { path: string }[]) => losses.map(({ path }) => path).toSorted();

const plain = simpleTariff('EUR', [step({ upTo: 60, minutes: 30, price: 100 }), step({})], {
  graces: noExit,
  fees: { start: 50, minimum: 0, maximum: 2000, lostTicket: null, noShow: null },
  tax: { percent: 21, included: true },
});

test('a tariff is written as OCPI writes it: time costs the same whether a vehicle charges or not', () => {
  const time = (price: number, step_size: number) => [
    { type: 'TIME', price, vat: 21, step_size },
    { type: 'PARKING_TIME', price, vat: 21, step_size },
  ];
  expect(exportOcpi(plain, heading, party)).toEqual({
    document: {
      country_code: 'ES',
      party_id: 'PLZ',
      id: heading.id,
      currency: 'EUR',
      tariff_alt_text: [{ language: 'en', text: 'Main garage' }],
      max_price: { after_taxes: 20, before_taxes: 16.53 },
      elements: [
        { price_components: [{ type: 'FLAT', price: 0.5, vat: 21, step_size: 1 }] },
        { price_components: time(2, 1800), restrictions: { max_duration: 3600 } },
        { price_components: time(2, 3600), restrictions: { min_duration: 3600 } },
      ],
      tax_included: 'YES',
      start_date_time: '2026-01-01T00:00:00.000Z',
      last_updated: '2025-12-01T00:00:00.000Z',
    },
    notExpressed: [],
  });
});

test('a tariff is written as APDS writes it: a rate table of its steps', () => {
  const { document, notExpressed } = exportApds(plain, heading);
  expect(notExpressed).toEqual([]);
  expect(document).toMatchObject({
    data: [
      {
        id: heading.id,
        version: 3,
        rateLineCollections: [
          {
            applicableCurrency: 'EUR',
            taxIncluded: true,
            taxRate: 21,
            maxValueCollection: 20,
            rateLines: [
              { sequence: 1, rateLineType: 'flatRate', value: 0.5, usageCondition: 'once' },
              {
                sequence: 2,
                rateLineType: 'incrementingRate',
                durationEnd: 'PT1H',
                incrementPeriod: 'PT30M',
                value: 1,
              },
              {
                sequence: 3,
                rateLineType: 'incrementingRate',
                durationStart: 'PT1H',
                incrementPeriod: 'PT1H',
                value: 2,
              },
            ],
          },
        ],
      },
    ],
  });
});

const everything: TariffRules = {
  ...plain,
  bands: [
    {
      name: 'Early bird',
      windows: [],
      entered: [{ days: [], from: 360, to: 540 }],
      steps: [step({ minutes: null })],
      restart: 'NEVER',
      atEnd: 'CUT',
    },
    {
      name: 'Holidays',
      windows: [{ days: ['HOLIDAY'], from: 1200, to: 480 }],
      entered: [],
      steps: [step({ minutes: 7, price: 100 })],
      restart: 'NEVER',
      atEnd: 'RUN_ON',
    },
    {
      name: 'Always',
      windows: [],
      entered: [],
      steps: [step({ upTo: 60, minutes: null }), step({ prorated: true })],
      restart: 'HOURS_24',
      atEnd: 'CUT',
    },
  ],
  overlap: 'CHEAPEST',
  caps: [{ amount: 900, per: 'HOURS_24', bands: [], only: null }],
  graces: { entry: 10, beyondEntry: 'FROM_START', end: 5, exit: 15, reentry: 20 },
  fees: { start: 50, minimum: 100, maximum: 2000, lostTicket: 3000, noShow: 700 },
  overstay: { after: 1440, grace: 0, penalty: { kind: 'MULTIPLIER', factor: 2 } },
  demand: { levels: [{ from: 0.8, factor: 1.5 }], floor: null, ceiling: null },
  items: [{ code: 'WASH', name: 'Car wash', unit: 'piece', price: 1200, step: 1, taxPercent: null }],
  rounding: { mode: 'UP', unit: 5, per: 'TOTAL', cashUnit: 5 },
  holidays: ['2026-12-25'],
  onNewVersion: 'SPLIT',
};
const BOTH = [
  'bands.0.entered',
  'bands.1.atEnd',
  'bands.2.restart',
  'bands.2.steps',
  'caps.0',
  'demand',
  'fees.lostTicket',
  'fees.minimum',
  'fees.start',
  'graces.end',
  'graces.entry',
  'graces.exit',
  'graces.reentry',
  'items.0',
  'onNewVersion',
  'overlap',
  'overstay',
  'rounding',
];

test('every piece that OCPI cannot say is listed', () => {
  expect(pathsOf(exportOcpi(everything, heading, party).notExpressed)).toEqual(
    [...BOTH, 'bands.1.steps', 'bands.1.steps.0.price', 'bands.1.windows.0.days'].toSorted(),
  );
});

test('every piece that APDS cannot say is listed', () => {
  expect(pathsOf(exportApds(everything, heading).notExpressed)).toEqual(
    [
      ...BOTH,
      'bands',
      'bands.1.windows.0',
      'bands.2.steps.1.prorated',
      'fees.maximum',
      'fees.noShow',
      'holidays',
    ].toSorted(),
  );
});

test('amounts are listed as a reader knows them', () => {
  const said = exportOcpi(everything, heading, party).notExpressed;
  expect(said).toContainEqual(expect.objectContaining({ path: 'fees.lostTicket', says: '30.00 EUR' }));
  expect(said.find(({ path }) => path === 'caps.0')?.says).toContain('"amount":"9.00 EUR"');
});

test('free minutes that longer stays do not pay either are a first step of nothing', () => {
  const grace = { ...noExit, entry: 15, beyondEntry: 'FROM_GRACE_END' } as const;
  const rules = simpleTariff('EUR', [step({})], { graces: grace });
  expect(exportOcpi(rules, heading, party)).toMatchObject({
    document: {
      elements: [
        { price_components: [{ price: 0 }, { price: 0 }], restrictions: { max_duration: 900 } },
        { price_components: [{ price: 2 }, { price: 2 }], restrictions: { min_duration: 900 } },
      ],
    },
    notExpressed: [],
  });
});

test('what lies beyond the last step stays free: it is said, so that no later element counts there', () => {
  const { document } = exportOcpi(
    simpleTariff('EUR', [step({ upTo: 120 })], { graces: noExit }),
    heading,
    party,
  );
  expect(document['elements']).toMatchObject([
    { restrictions: { max_duration: 7200 } },
    { price_components: [{ price: 0 }, { price: 0 }], restrictions: { min_duration: 7200 } },
  ]);
});
