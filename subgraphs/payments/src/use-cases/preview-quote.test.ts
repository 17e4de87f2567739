import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { PaymentsContext } from './context.js';
import { previewQuote } from './preview-quote.js';
import type { SupposedStay } from './preview-quote-stay.js';
import type { TariffRulesInput } from './tariff-rules-input.js';

const on = { viewer: testViewer() } as PaymentsContext;
const tariff: TariffRulesInput = {
  currencyCode: 'EUR',
  bands: [{ windows: [{ from: '08:00', to: '20:00' }], steps: [{ minutes: 60, price: '1.00' }] }],
};
const stay = (exitedAt: string) => ({
  tariff,
  enteredAt: new Date('2026-01-01T00:00:00Z'),
  exitedAt: new Date(exitedAt),
});

test('a stay of a hundred days is quoted, one of an age is refused before it is metered', () => {
  expect(previewQuote(on, stay('2026-04-11T00:00:00Z')).total).toBe(100 * 12 * 100);
  const began = performance.now();
  expect(() => previewQuote(on, stay('9999-01-01T00:00:00Z'))).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ field: 'exitedAt' }) }),
  );
  expect(performance.now() - began).toBeLessThan(2_000);
});

const at = (time: string) => new Date(`2026-05-04T${time}:00Z`);
const hourly: TariffRulesInput = {
  currencyCode: 'EUR',
  bands: [{ steps: [{ minutes: 60, price: '1.00' }] }],
  graces: { reentry: 30 },
  items: [{ code: 'WASH', name: 'Car wash', unit: 'piece', price: '9.00' }],
};
/** From ten to two: four hours. */
const supposing = (supposed: SupposedStay) =>
  previewQuote(on, { tariff: hourly, enteredAt: at('10:00'), exitedAt: at('14:00'), stay: supposed });
const absence = (from: string, to: string) => ({ from: at(from), to: at(to) });

describe('of a stay is supposed', () => {
  test.each<[string, number, SupposedStay]>([
    ['nothing else', 400, {}],
    ['a permit for all hours', 0, { permit: {} }],
    ['a permit for some hours', 200, { permit: { windows: [{ from: '12:00', to: '20:00' }] } }],
    ['a percentage off', 300, { discounts: [{ percent: '25' }] }],
    ['an amount off', 250, { discounts: [{ amount: '1.50' }] }],
    ['free minutes', 300, { discounts: [{ freeMinutes: 60 }] }],
    ['a discount with a limit', 350, { discounts: [{ percent: '50', most: '0.50' }] }],
    ['two discounts', 150, { discounts: [{ amount: '1.50' }, { freeMinutes: 60 }] }],
    ['an absence', 300, { absences: [absence('11:00', '11:30'), absence('12:30', '13:00')] }],
    ['something bought', 1300, { items: [{ code: 'WASH', quantity: 1 }] }],
  ])('%s: %i', (_what, total, supposed) => {
    expect(supposing(supposed).total).toBe(total);
  });

  test.each<[string, SupposedStay]>([
    ['occupancy', { occupancy: 1.5 }],
    ['items.0.code', { items: [{ code: 'COFFEE', quantity: 1 }] }],
    ['items.0.quantity', { items: [{ code: 'WASH', quantity: -1 }] }],
    ['permit.windows.0.from', { permit: { windows: [{ from: '24:00', to: '08:00' }] } }],
    ['permit.windows.0.to', { permit: { windows: [{ from: '20:00', to: '8:00' }] } }],
    ['discounts.0', { discounts: [{}] }],
    ['discounts.0', { discounts: [{ percent: '5', freeMinutes: 5 }] }],
    ['discounts.0.percent', { discounts: [{ percent: '101' }] }],
    ['discounts.0.amount', { discounts: [{ amount: '-1.00' }] }],
    ['discounts.0.amount', { discounts: [{ amount: '1.005' }] }],
    ['discounts.0.most', { discounts: [{ percent: '5', most: '-2' }] }],
    ['discounts.0.freeMinutes', { discounts: [{ freeMinutes: 0 }] }],
    ['discounts', { discounts: Array.from({ length: 21 }, () => ({ freeMinutes: 1 })) }],
    ['absences.0.from', { absences: [absence('09:50', '10:10')] }],
    ['absences.1.from', { absences: [absence('11:00', '11:30'), absence('11:20', '11:40')] }],
    ['absences.0.to', { absences: [absence('12:00', '11:30')] }],
    ['absences.0.to', { absences: [absence('13:45', '14:10')] }],
    ['absences.0.to', { absences: [absence('11:00', '11:31')] }],
  ])('nothing that cannot be: %s', (path, supposed) => {
    expect(() => supposing(supposed)).toThrow(
      expect.objectContaining({
        extensions: {
          code: 'BAD_USER_INPUT',
          field: `stay.${path}`,
          faults: [{ path: `stay.${path}`, message: expect.any(String) }],
        },
      }),
    );
  });
});

test('all faults of the rules and the arguments are told at once', () => {
  const faulty = () =>
    previewQuote(on, {
      tariff: { ...hourly, bands: [{ name: ' ', steps: [{ minutes: 0, price: '1,00' }] }] },
      enteredAt: at('10:00'),
      exitedAt: at('09:00'),
      timeZone: 'Europe/Birmingham',
      stay: { occupancy: 2 },
    });
  expect(faulty).toThrow(/^exitedAt: This lies before the entry\. timeZone: .* And 1 more\.$/);
  expect(faulty).toThrow(
    expect.objectContaining({
      extensions: expect.objectContaining({
        field: 'exitedAt',
        faults: [
          'exitedAt',
          'timeZone',
          'stay.occupancy',
          'tariff.bands.0.steps.0.price',
          'tariff.bands.0.name',
          'tariff.bands.0.steps.0.minutes',
        ].map((path) => ({ path, message: expect.any(String) })),
      }),
    }),
  );
});
