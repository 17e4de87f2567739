import { importApds } from '../apds/import-apds.js';
import { importOcpi } from '../ocpi/import-ocpi.js';

const component = { type: 'PARKING_TIME', price: 2, step_size: 1 };
const ocpi = (over: object = {}, part: object = {}) => ({
  id: 'one',
  currency: 'EUR',
  elements: [{ price_components: [{ ...component, ...part }] }],
  ...over,
});
const at = 'elements.0.price_components.0';

describe('what is wrong with a document is told in words of our own, with its path', () => {
  test.each([
    [ocpi({ id: undefined }), 'id', 'It is missing.'],
    [ocpi({ id: '' }), 'id', 'It is empty.'],
    [ocpi({ id: 'x'.repeat(37) }), 'id', 'At most 36 characters.'],
    [
      ocpi({ start_date_time: 'soon' }),
      'start_date_time',
      'A date and time such as "2026-05-04T08:00:00Z" is expected.',
    ],
    [ocpi({ tax_included: 'MAYBE' }), 'tax_included', 'One of YES, NO, N/A is expected.'],
    [ocpi({ elements: {} }), 'elements', 'A list is expected.'],
    [
      ocpi({ elements: [{ price_components: Array.from({ length: 21 }, () => component) }] }),
      'elements.0.price_components',
      'At most 20 entries.',
    ],
    [ocpi({}, { type: undefined }), `${at}.type`, 'It is missing.'],
    [ocpi({}, { price: '2' }), `${at}.price`, 'A number is expected.'],
    [ocpi({}, { step_size: -1 }), `${at}.step_size`, 'At least 0.'],
    [ocpi({}, { step_size: 0.5 }), `${at}.step_size`, 'A whole number is expected.'],
    [ocpi({}, { vat: 101 }), `${at}.vat`, 'At most 100.'],
    [[], '', 'An object is expected.'],
    [null, '', 'An object is expected.'],
  ])('OCPI %#: %j', (document, path, message) => {
    expect(importOcpi(document)).toEqual({ faults: [{ path, message }] });
  });

  test('APDS', () => {
    expect(importApds({ id: 'one', rateTableName: 7, rateLineCollections: [{}] })).toEqual({
      faults: [
        { path: 'rateTableName', message: 'This is not understood.' },
        { path: 'rateLineCollections.0.applicableCurrency', message: 'It is missing.' },
        { path: 'rateLineCollections.0.rateLines', message: 'It is missing.' },
      ],
    });
  });
});

describe('a price that is too small to be charged is listed as rounded:', () => {
  const lost = (imported: ReturnType<typeof importOcpi>) =>
    'draft' in imported ? imported.draft.notExpressed.map(({ path, says }) => [path, says]) : imported;

  test.each(['PARKING_TIME', 'FLAT', 'ENERGY'])('%s of OCPI', (type) => {
    const told = lost(importOcpi(ocpi({}, { type, price: 1e-9 })));
    expect(told).toContainEqual([`${at}.price`, expect.stringMatching(/^1e-7 minor units/)]);
  });
  test('a block of time of OCPI', () => {
    const told = lost(importOcpi(ocpi({}, { price: 1e-9, step_size: 900 })));
    expect(told).toContainEqual([`${at}.step_size`, '900']);
  });
  test('a limit of OCPI', () => {
    const told = lost(
      importOcpi(ocpi({ min_price: { before_taxes: 0.285 }, max_price: { before_taxes: 1e-9 } })),
    );
    expect(told).toContainEqual(['min_price', '28.5 minor units']);
    expect(told).toContainEqual(['max_price', '1e-7 minor units']);
  });
  test('a line and the limits of APDS', () => {
    const line = { rateLineType: 'incrementingRate', incrementPeriod: 'PT1H', value: 1e-9 };
    const fee = { rateLineType: 'flatRate', value: 0.005 };
    const limits = { minValueCollection: 0.001, maxValueCollection: 9.999 };
    const collection = { applicableCurrency: 'EUR', ...limits, rateLines: [fee, line] };
    const told = lost(importApds({ id: 'one', rateLineCollections: [collection] }));
    const within = 'rateLineCollections.0';
    expect(told).toEqual([
      [`${within}.rateLines.0.value`, '0.5 minor units'],
      [`${within}.rateLines.1.value`, '1e-9'],
      [`${within}.maxValueCollection`, '999.9 minor units'],
      [`${within}.minValueCollection`, '0.1 minor units'],
      // asked only of stays whose time costs something
      [`${within}.rateLines.0`, expect.any(String)],
    ]);
  });
});
