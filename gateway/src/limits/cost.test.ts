import { readFileSync } from 'node:fs';
import { buildSchema, getIntrospectionQuery, getOperationAST, Kind, parse } from 'graphql';
import { EXAMPLES } from '../playground/examples.js';
import { brokenCost, COST_LIMITS, costOf, objectsOf } from './cost.js';

const plaza = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));
const garage = buildSchema(`
  type Query { me: Car cars(first: Int, last: Int): CarConnection! latest(first: Int! = 20): [Car!]! any: Any }
  type CarConnection { nodes: [Car!]! edges: [Edge!]! pageInfo: PageInfo! }
  type Edge { node: Car! cursor: ID! }
  type PageInfo { more: Boolean }
  type Car { id: ID! tags: [String!]! owners: [Car!] cars(first: Int, last: Int): CarConnection! }
  union Any = Car | Edge
  type Subscription { car: Car! }
`);

function objects(query: string, variables: Record<string, unknown> = {}, schema = garage): number {
  const document = parse(query);
  const byName = Object.fromEntries(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  );
  return objectsOf(costOf(schema, getOperationAST(document)!, byName), variables);
}

test.each([
  ['an object counts 1, leaves and lists of them nothing', '{ __typename me { id tags } }', 1],
  ['a list counts 10 of what it holds', '{ me { owners { owners { id } } } }', 1 + 10 * (1 + 10)],
  ['a page counts as many as are asked for', '{ cars(first: 25) { nodes { id } } }', 1 + 25],
  ['what stands beside the entries counts once', '{ cars(first: 25) { pageInfo { more } } }', 2],
  ['an edge and its node are two', '{ cars(last: 7) { edges { node { id } } } }', 1 + 7 * 2],
  ['a page without a size counts 50', '{ cars { nodes { id } } }', 1 + 50],
  ['a page of null counts 50', '{ cars(first: null) { nodes { id } } }', 1 + 50],
  ['a negative page counts 50', '{ cars(first: -5) { nodes { id } } }', 1 + 50],
  ['a page counts at most 200', '{ cars(first: 1000000) { nodes { id } } }', 1 + 200],
  ['the larger of two sizes counts', '{ cars(first: 3, last: 4) { nodes { id } } }', 1 + 4],
  ['a list with a size counts its default', '{ latest { id } }', 20],
  ['pages multiply', '{ cars(first: 3) { nodes { cars(first: 4) { nodes { id } } } } }', 1 + 3 * (1 + 1 + 4)],
  ['aliases add up', '{ a: me { id } b: me { id } }', 2],
  ['what may be left out counts', '{ me @skip(if: true) { id } }', 1],
  [
    'fragments count in their place',
    '{ cars(first: 3) { ...C } any { ... on Car { owners { id } } ... on Edge { node { id } } } } fragment C on CarConnection { nodes { id } }',
    1 + 3 + 1 + 10 + 1,
  ],
  ['a subscription counts one event', 'subscription { car { owners { id } } }', 11],
  ['introspection is free', getIntrospectionQuery(), 0],
])('%s', (_name, query, expected) => {
  expect(objects(query)).toBe(expected);
});

test('the sizes of pages are read from the variables of each request', () => {
  const query =
    'query Q($n: Int, $m: Int) { cars(first: $n) { nodes { latest: cars(last: $m) { nodes { id } } } } }';
  expect(objects(query, { n: 2, m: 3 })).toBe(1 + 2 * (1 + 1 + 3));
  expect(objects(query, { n: 2 })).toBe(1 + 2 * (1 + 1 + 50));
  expect(objects(query, { n: -1, m: null })).toBe(1 + 50 * (1 + 1 + 50));
  expect(objects(query, { n: 999, m: 0 })).toBe(1 + 200 * 2);
  expect(objects('query Q($n: Int) { me { owners { cars(first: $n) { nodes { id } } } } }', { n: 2 })).toBe(
    41,
  );
});

test('an operation may hold 10,000 objects and no more', () => {
  expect(brokenCost({ fixed: COST_LIMITS.objects, open: [] }, {})).toBeUndefined();
  expect(brokenCost({ fixed: COST_LIMITS.objects + 1, open: [] }, {})?.extensions).toEqual({
    code: 'COST_LIMIT_EXCEEDED',
    cost: 10_001,
    limit: 10_000,
  });
});

test('tickets of vehicles of tickets are too many', () => {
  const query =
    '{ tickets(first: 25) { nodes { vehicle { tickets(first: 100) { vehicle { tickets(first: 100) { id } } } } } } }';
  expect(objects(query, {}, plaza)).toBeGreaterThan(COST_LIMITS.objects);
});

test.each(EXAMPLES)('the playground’s "$title" is far below the limit', ({ query }) => {
  expect(objects(query, {}, plaza)).toBeLessThan(COST_LIMITS.objects / 4);
});
