import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import type { Subgraph } from '@plaza/platform/subgraph';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { graphql } from 'graphql';
import type { TariffVersionRow } from '../src/database/tariff-version.entity.js';
import { simpleTariff } from '../src/domain/tariff/tariff-rules.js';
import { createPaymentsSubgraph } from '../src/subgraph.js';
import { exportTariff } from '../src/use-cases/exchange-tariff-export.js';
import { openPayments, type Payments } from './payments-fixture.js';

const PAGE = readFileSync(new URL('../../../docs/tariff-exchange.md', import.meta.url), 'utf8');
const blocksOf = (language: string): string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
const [IMPORT = '', PUBLISH = '', EXPORT = ''] = blocksOf('graphql');
const [DOCUMENT = '', LOSSES = '', OCPI = '', APDS = ''] = blocksOf('json');
// a subgraph knows a location only as an entity
const EXPORT_HERE = EXPORT.replace('$location: ID!', '$of: [_Any!]!')
  .replace('location(id: $location) {', '_entities(representations: $of) { ... on Location {')
  .concat('}');

let on: Payments;
let subgraph: Subgraph;
beforeAll(async () => {
  on = await openPayments();
  subgraph = await createPaymentsSubgraph({ ...on.as(), secrets: on.test.secrets });
});
afterAll(() => on.close());

type Answer = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever was asked for

async function ask(source: string, variableValues: Answer, viewer: Viewer = on.viewer): Promise<Answer> {
  const contextValue = subgraph.context(viewer, 'test');
  const { data, errors } = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
  if (errors?.[0]) throw errors[0];
  return structuredClone(data) as Answer;
}

const read = async (format: string, document: string) =>
  (await ask(IMPORT, { format, document }))['importTariff'] as Answer;

const exported = async (locationId: string) => {
  const of = [{ __typename: 'Location', id: locationId }];
  return (await ask(EXPORT_HERE, { of }))['_entities'][0].tariff as Answer;
};

test('the examples of the page are imported, published and exported as it says', async () => {
  const locationId = await on.openLocation();
  const { name, rules, notExpressed } = await read('OCPI', DOCUMENT);
  expect(notExpressed).toEqual(JSON.parse(LOSSES));
  const { publishTariff } = await ask(PUBLISH, { input: { locationId, name, tariff: rules } });
  expect(publishTariff).toEqual({ tariff: { id: expect.any(String), number: 2 } });
  const { ocpi, apds } = await exported(locationId);
  expect(JSON.parse(ocpi.document).elements).toEqual(JSON.parse(OCPI));
  expect(JSON.parse(apds.document).data[0].rateLineCollections[0].rateLines).toEqual(JSON.parse(APDS));
  expect(apds.notExpressed).toContainEqual(expect.objectContaining({ path: 'items.0' }));
});

test('what was exported can be imported and published again, and says the same rules', async () => {
  const locationId = await on.openLocation();
  for (const [format, alias] of [
    ['OCPI', 'ocpi'],
    ['APDS', 'apds'],
  ] as const) {
    const { document } = (await exported(locationId))[alias];
    const { name, rules } = await read(format, document);
    expect(rules.bands[0].steps).toEqual([{ upTo: null, minutes: 60, price: '2.00', prorated: false }]);
    expect(rules.tax).toEqual({ percent: '21', included: true });
    const { publishTariff } = await ask(PUBLISH, { input: { locationId, name, tariff: rules } });
    expect(publishTariff.tariff.number).toBeGreaterThan(1);
    on.clock.advance(1000);
  }
});

test('the party of OCPI is asked for, and one that it would not take is refused', async () => {
  const of = [{ __typename: 'Location', id: await on.openLocation() }];
  const nobody = await ask(EXPORT_HERE.replace(', ocpiParty: "ES*PLZ"', ''), { of });
  const { document, notExpressed } = nobody['_entities'][0].tariff.ocpi;
  expect(JSON.parse(document)).toMatchObject({ country_code: 'ZZ', party_id: 'PLZ' });
  expect(notExpressed).toContainEqual(expect.objectContaining({ path: 'country_code' }));
  await expect(ask(EXPORT_HERE.replace('ES*PLZ', 'Spain'), { of })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'ocpiParty' },
  });
});

test.each([
  ['no JSON', 'OCPI', '{', ''],
  ['nested without end', 'OCPI', '['.repeat(50_000) + ']'.repeat(50_000), ''],
  ['a rate table without lines', 'APDS', '{"id":"1","rateLineCollections":[]}', 'rateLineCollections'],
  [
    'a price that no tariff may have',
    'OCPI',
    '{"id":"1","currency":"EUR","elements":[{"price_components":[{"type":"ENERGY","price":9999999,"step_size":1}]}]}',
    'rules.items.0.price',
  ],
])('%s is no tariff, and the answer names the place', async (_, format, document, path) => {
  expect(await read(format, document)).toMatchObject({ faults: [{ path }] });
});

test('a document that is too long is not read', async () => {
  await expect(read('OCPI', ' '.repeat(200_001))).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'document' },
  });
});

test('both ways need the scope of tariffs', async () => {
  const of = [{ __typename: 'Location', id: await on.openLocation() }];
  const other = testViewer({ tenantId: on.viewer.tenantId, scopes: ['locations:read'] });
  const forbidden = { extensions: { code: 'FORBIDDEN' } };
  await expect(ask(IMPORT, { format: 'OCPI', document: DOCUMENT }, other)).rejects.toMatchObject(forbidden);
  await expect(ask(EXPORT_HERE, { of }, other)).rejects.toMatchObject(forbidden);
  // a version is also reached from the quote of a ticket, which needs another scope
  const version = { rules: simpleTariff('EUR', []) } as TariffVersionRow;
  expect(() => exportTariff({ viewer: other }, version, 'APDS')).toThrow(
    expect.objectContaining({ code: 'FORBIDDEN' }),
  );
});
