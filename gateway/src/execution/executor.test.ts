import { ApolloGateway } from '@apollo/gateway';
import { createLogger } from '@plaza/platform/server/logger';
import { execute, parse, type ExecutionResult } from 'graphql';
import { loadGraph } from '../graph/graph.js';
import { Operations } from '../graph/prepare.js';
import {
  carParkSchemas,
  carParkSupergraph,
  recordingSources,
  viewerWith,
} from '../../tests/fixtures/car-park.js';
import '../../tests/fixtures/config.js';
import { Executor } from './executor.js';

const supergraphSdl = carParkSupergraph();
const schemas = carParkSchemas();
const graph = loadGraph(supergraphSdl);
const logger = createLogger('gateway', 'silent');
const everything = viewerWith(
  'locations:read',
  'tickets:read',
  'tickets:write',
  'audit:read',
  'reports:read',
);

function setUp() {
  const sources = recordingSources(schemas);
  const executor = new Executor(graph, new Operations(graph), sources, logger);
  const run = (query: string, variables = {}, viewer = everything) =>
    executor.execute({ document: parse(query), variables }, { viewer, requestId: 'r' });
  return { sources, run };
}

async function apolloGateway() {
  const gateway = new ApolloGateway({
    // Apollo's gateway has no policies and refuses a supergraph that links them
    supergraphSdl: supergraphSdl.replaceAll(', for: SECURITY', ''),
    logger: { debug: () => 0, info: () => 0, warn: () => 0, error: () => 0 },
    buildService: ({ name }) => ({
      process: async ({ request }) =>
        execute({
          schema: schemas[name]!,
          document: parse(request.query!),
          variableValues: request.variables ?? {},
        }),
    }),
  });
  const { executor } = await gateway.load();
  return async (query: string, variables: object): Promise<ExecutionResult> => {
    const result = await executor({
      request: { query, variables },
      document: parse(query),
      queryHash: query,
      context: {},
      metrics: {},
      logger: console,
    } as never);
    return JSON.parse(JSON.stringify(result)) as ExecutionResult;
  };
}

const OPERATIONS: [string, object?][] = [
  [
    '{ tickets { id code status space { id number kind location { name revenue { amount } } } due { amount currencyCode } } }',
  ],
  ['{ tickets { label payments { method amount { amount } } } }'],
  ['{ tickets(first: 9) { history { id due { amount } history { id space { name } } } } }'],
  [
    'query Q($kind: Kind, $n: Int = 3) { locations(first: $n) { spaces(kind: $kind) { number } parent { name parent { id } } } }',
    { kind: 'CAR' },
  ],
  [
    'query Q($yes: Boolean!, $no: Boolean = false) { location(id: 1) { a: id @include(if: $yes) b: name @skip(if: $yes) revenue @include(if: $no) { amount } } }',
    { yes: true },
  ],
  [
    '{ places { __typename id ... on Location { x: name spaces { kind } } ...S } } fragment S on Space { number location { ...L } } fragment L on Location { name vault }',
  ],
  [
    '{ things { ... on Place { name } ... on Space { n: number location { id } } ... on Location { parent { name } } } }',
  ],
  [
    'mutation M($i: EnterInput!) { enter(input: $i) { __typename ... on Entered { ticket { code tags due { amount } } } ... on Full { message location { name } } } }',
    { i: { plate: 'X', locationId: '1' } },
  ],
  [
    'mutation M { enter(input: { plate: "FULL", locationId: "2" }) { ... on Full { message location { name revenue { amount } } } } leave(id: "b") { code } }',
  ],
  ['{ __typename t: __typename location(id: "3") { __typename x: __typename name } }'],
  ['{ __type(name: "Ticket") { name fields { name type { name } } } tickets(first: 1) { id } }'],
  ['query Q($n: String!) { __type(name: $n) { kind } }', { n: 'Status' }],
];

test.each(OPERATIONS)('answers like Apollo’s own gateway (%#)', async (query, variables = {}) => {
  const reference = await apolloGateway();
  const answer = JSON.parse(JSON.stringify(await setUp().run(query, variables))) as ExecutionResult;
  expect(answer).toEqual(await reference(query, variables));
  expect(answer.errors).toBeUndefined();
});

test('the fields of an answer stand in the order of the operation', async () => {
  const { run } = setUp();
  const { data } = await run(
    '{ tickets(first: 1) { due { currencyCode amount } id space { number id } code } }',
  );
  expect(JSON.stringify(data)).toBe(
    '{"tickets":[{"due":{"currencyCode":"EUR","amount":"2.50"},"id":"a","space":{"number":11,"id":"11"},"code":"code-a"}]}',
  );
});

test('an entity that many objects share is asked for once', async () => {
  const { run, sources } = setUp();
  await run('{ tickets { space { location { revenue { amount } } } } }');
  const last = sources.payments!.fetches.at(-1);
  expect(last?.variables.representations).toEqual([{ __typename: 'Location', id: '1' }]);
});

test('a failed field is null, its error carries its path in the answer and never the reason', async () => {
  const { data, errors } = await setUp().run('{ fails tickets { id broken } }');
  const [first, , second, third] = (data as { tickets: unknown[] }).tickets;
  expect([first, second, third]).toEqual([{ id: 'a', broken: 'fine' }, null, { id: 'c', broken: 'fine' }]);
  expect(data?.fails).toBeNull();
  expect(errors?.map(({ path, extensions }) => ({ path, extensions }))).toEqual(
    expect.arrayContaining([
      { path: ['fails'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      { path: ['tickets', 2, 'broken'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]),
  );
  expect(JSON.stringify(errors)).not.toMatch(/select|password|stack/);
});

test('a null where a value was promised takes its parents with it, up to a field that may be null', async () => {
  expect((await setUp().run('{ failsHard open { id } }')).data).toBeNull();
});

test('a variable that does not fit its type is a bad request and reaches no subgraph', async () => {
  const { run, sources } = setUp();
  const { data, errors } = await run('query Q($n: Int!) { locations(first: $n) { id } }', { n: 'many' });
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', http: { status: 400 } });
  expect(sources.spaces!.fetches).toEqual([]);
});

test('variables nested too deep are refused', async () => {
  let deep: unknown = 'x';
  for (let level = 0; level < 500; level += 1) deep = [deep];
  const { errors } = await setUp().run('query Q($n: Int) { locations(first: $n) { id } }', { n: 1, deep });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'variables' });
});

test('the fetches of one query share their in-process contexts; those of a mutation do not', async () => {
  const { run, sources } = setUp();
  await run('{ tickets { due { amount } } }');
  expect(sources.tickets!.fetches[0]?.context.shared).toBe(sources.payments!.fetches[0]?.context.shared);
  await run('mutation { leave(id: "a") { code } }');
  expect(sources.tickets!.fetches[1]?.context.shared).toBeUndefined();
});

test('an operation that is not valid names its mistake', async () => {
  const { errors } = await setUp().run('{ tickets { nope } }');
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('nope'),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
});

test('a name that is empty names no operation, also when the document was run before', async () => {
  const executor = new Executor(graph, new Operations(graph), setUp().sources, logger);
  const document = parse('{ open { id } }');
  const context = { viewer: null, requestId: 'r' };
  expect((await executor.execute({ document }, context)).errors).toBeUndefined();
  expect(
    (await executor.execute({ document, operationName: '' }, context)).errors?.[0]?.extensions.code,
  ).toBe('OPERATION_RESOLUTION_FAILURE');
});

test('of several operations the named one is run', async () => {
  const { sources } = setUp();
  const executor = new Executor(graph, new Operations(graph), sources, logger);
  const document = parse('query A { open { id } } query B { open { name } }');
  const context = { viewer: null, requestId: 'r' };
  expect((await executor.execute({ document, operationName: 'B' }, context)).data).toEqual({
    open: { name: 'Location 1' },
  });
  expect((await executor.execute({ document }, context)).errors?.[0]?.extensions.code).toBe(
    'OPERATION_RESOLUTION_FAILURE',
  );
  expect((await executor.execute({ document, operationName: 'C' }, context)).errors?.[0]?.message).toContain(
    '"C"',
  );
});
