import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { PaymentsContext } from './context.js';
import { previewQuote } from './preview-quote.js';

const on = { viewer: testViewer() } as PaymentsContext;
const tariff = {
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
  expect(performance.now() - began).toBeLessThan(100);
});
