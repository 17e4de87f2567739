import 'reflect-metadata';
import type { Subgraph } from '@plaza/platform/subgraph';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { PREVIEW_LIMITS } from '../src/use-cases/preview-quote-work.js';
import type { TariffRulesInput } from '../src/use-cases/tariff-rules-input.js';
import { type Answer, askGraph } from './ask-graph.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

const clock = (minute: number) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** Bands that take turns all day, each with so many windows of nine minutes. */
const busy = (bands: number, windows: number, overlap: 'FIRST' | 'CHEAPEST'): TariffRulesInput => ({
  currencyCode: 'EUR',
  overlap,
  bands: Array.from({ length: bands }, (_, band) => ({
    name: `Band ${band}`,
    windows: Array.from({ length: windows }, (_, one) => {
      const from = (one * 22 + band) % 1430;
      return { from: clock(from), to: clock(from + 9) };
    }),
    steps: [{ minutes: 5, price: `0.0${1 + (band % 9)}` }],
    restart: 'BAND',
  })),
  caps: [{ amount: '0.50', per: 'STAY' }],
});

/** So many previews in one operation, of so many days each. */
function preview(tariff: TariffRulesInput, previews: number, days: number): Promise<Answer> {
  const exitedAt = new Date(Date.parse('2026-02-01T00:00:00Z') + days * 86_400_000).toISOString();
  const fields = Array.from(
    { length: previews },
    (
      _,
      one,
    ) => `p${one}: previewQuote(tariff: $tariff, enteredAt: "2026-02-01T00:00:00Z", exitedAt: "${exitedAt}") {
      total { amount } lines { rule } }`,
  );
  const query = `query ($tariff: TariffInput!) { ${fields.join(' ')} }`;
  return askGraph(subgraph, on.viewer, query, { tariff });
}
const refused = (limit: string) =>
  expect.objectContaining({
    message: expect.stringContaining(limit),
    extensions: { code: 'BAD_USER_INPUT', field: 'exitedAt' },
  });
const ofSteps = refused(`${PREVIEW_LIMITS.steps} steps`);
const ofLines = refused(`${PREVIEW_LIMITS.lines} lines`);

test('what one preview may take is shared by all previews of an operation', async () => {
  const tariff = busy(16, 40, 'CHEAPEST');
  expect((await preview(tariff, 1, 3)).p0.total.amount).toBe('0.50');
  await expect(preview(tariff, 10, 3)).rejects.toEqual(ofSteps);
  // and the next operation has it all again
  expect((await preview(tariff, 1, 3)).p0.total.amount).toBe('0.50');
});

test('a long stay under the largest tariff is refused before it has taken long', async () => {
  const began = performance.now();
  await expect(preview(busy(16, 64, 'CHEAPEST'), 30, 100)).rejects.toEqual(ofSteps);
  // without the limit it is half a minute
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('so are the lines that they tell', async () => {
  const tariff = { ...busy(16, 1, 'FIRST'), caps: [] };
  expect((await preview(tariff, 1, 50)).p0.lines.length).toBeGreaterThan(PREVIEW_LIMITS.lines / 4);
  await expect(preview(tariff, 4, 50)).rejects.toEqual(ofLines);
});

test('reading large rules again and again is work too', async () => {
  await expect(preview(busy(16, 64, 'FIRST'), 40, 0)).rejects.toEqual(ofSteps);
  expect(await preview(busy(16, 64, 'FIRST'), 10, 0)).toHaveProperty('p9');
});
