import 'reflect-metadata';
import type { Subgraph } from '@plaza/platform/subgraph';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { type Answer, askGraph } from './ask-graph.js';
import { openPayments, type Payments } from './payments-fixture.js';

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

const ask = (source: string, variables: Record<string, unknown>): Promise<Answer> =>
  askGraph(subgraph, on.viewer, source, variables);

const PUBLISH = `mutation ($input: PublishTariffInput!) { publishTariff(input: $input) { __typename
  ... on TariffInvalid { message faults { path message } } } }`;
const PREVIEW = `query ($tariff: TariffInput!, $stay: SupposedStayInput) {
  previewQuote(tariff: $tariff, stay: $stay, enteredAt: "2026-05-04T08:00:00Z", exitedAt: "2026-05-04T12:00:00Z") {
    total { amount } lines { rule name explanation(language: ES) } } }`;

const FAULTY = {
  currencyCode: 'USD',
  bands: [
    { name: ' ', steps: [{ minutes: 30, price: '1.505' }] },
    { name: 'Day', windows: [{ from: '24:00', to: '08:00' }], steps: [] },
  ],
  graces: { entry: 1441 },
};
const OF_RULES = [
  { path: 'bands.1.windows.0.from', message: 'From "00:00" to "23:59" on the clock of the location.' },
  { path: 'bands.0.steps.0.price', message: 'From 0 to 1000000.00 USD, in steps of 0.01.' },
  { path: 'bands.0.name', message: 'A name has 1 to 60 characters and is not blank.' },
  { path: 'graces.entry', message: 'From 0 to 1440 whole minutes.' },
];
const byPath = (faults: { path: string }[]) => faults.toSorted((a, b) => a.path.localeCompare(b.path));

test('publishTariff tells all that is wrong at once, of the rules and beside them', async () => {
  const locationId = await on.openLocation();
  const { publishTariff } = await ask(PUBLISH, {
    input: { locationId, name: '  ', tariff: FAULTY, effectiveFrom: '2014-01-01T00:00:00Z' },
  });
  expect(publishTariff.__typename).toBe('TariffInvalid');
  expect(byPath(publishTariff.faults)).toEqual(
    byPath([
      ...OF_RULES,
      { path: 'name', message: 'A name has 1 to 120 characters and is not blank.' },
      { path: 'currencyCode', message: 'The location charges in EUR.' },
      {
        path: 'effectiveFrom',
        message: 'A version that has begun is not replaced: choose a later start.',
      } as { path: string },
    ]),
  );
});

test('previewQuote tells the same faults in its error, with their places in the operation', async () => {
  const stay = { discounts: [{ percent: '200' }] };
  const refused = await ask(PREVIEW, { tariff: FAULTY, stay }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'stay.discounts.0.percent' },
  });
  const { faults } = (refused as { extensions: { faults: { path: string }[] } }).extensions;
  expect(byPath(faults)).toEqual(
    byPath([
      {
        path: 'stay.discounts.0.percent',
        message: 'From 0 to 100 percent, with at most 3 decimals.',
      } as { path: string },
      ...OF_RULES.map(({ path, message }) => ({ path: `tariff.${path}`, message })),
    ]),
  );
});

test('a permit, discounts and absences are tried out in a preview', async () => {
  const tariff = {
    currencyCode: 'EUR',
    bands: [{ steps: [{ minutes: 60, price: '2.00' }] }],
    graces: { reentry: 60 },
  };
  const total = async (stay: object) => (await ask(PREVIEW, { tariff, stay })).previewQuote.total.amount;
  expect(await total({})).toBe('8.00');
  expect(await total({ permit: {} })).toBe('0.00');
  expect(await total({ permit: { windows: [{ from: '10:00', to: '24:00' }] } })).toBe('4.00');
  expect(await total({ discounts: [{ name: 'Cine', percent: '50' }, { freeMinutes: 60 }] })).toBe('3.00');
  expect(await total({ absences: [{ from: '2026-05-04T09:00:00Z', to: '2026-05-04T10:00:00Z' }] })).toBe(
    '6.00',
  );
});
