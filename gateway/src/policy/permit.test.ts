import { createLogger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';
import { parse } from 'graphql';
import { Executor } from '../execution/executor.js';
import { loadGraph } from '../graph/graph.js';
import { Operations } from '../graph/prepare.js';
import {
  carParkSchemas,
  carParkSupergraph,
  recordingSources,
  viewerWith,
} from '../../tests/fixtures/car-park.js';

const graph = loadGraph(carParkSupergraph());
const schemas = carParkSchemas();

function setUp() {
  const sources = recordingSources(schemas);
  const executor = new Executor(graph, new Operations(graph), sources, createLogger('gateway', 'silent'));
  const run = (query: string, viewer: Viewer | null) =>
    executor.execute({ document: parse(query) }, { viewer, requestId: 'r' });
  const asked = () =>
    Object.values(sources)
      .flatMap(({ fetches }) => fetches.map(({ query }) => query))
      .join('\n');
  return { run, asked };
}

test('nobody signed in: the field is null, the error says UNAUTHENTICATED, no subgraph is asked for it', async () => {
  const { run, asked } = setUp();
  const { data, errors } = await run('{ open { name } location(id: 1) { name } }', null);
  expect(data).toEqual({ open: { name: 'Location 1' }, location: null });
  expect(errors?.map((error) => error.toJSON())).toEqual([
    {
      message: 'Sign in first, or send an API key.',
      path: ['location'],
      extensions: {
        code: 'UNAUTHENTICATED',
        reason: 'UNAUTHORIZED_FIELD_OR_TYPE',
        requiredScopes: ['locations:read'],
      },
    },
  ]);
  expect(asked()).not.toContain('location(');
});

test('a missing scope: FORBIDDEN with the scope’s name, the rest is answered', async () => {
  const { run, asked } = setUp();
  const { data, errors } = await run(
    '{ location(id: 1) { name revenue { amount } } }',
    viewerWith('locations:read'),
  );
  expect(data).toEqual({ location: { name: 'Location 1', revenue: null } });
  expect(errors?.[0]?.toJSON()).toMatchObject({
    path: ['location', 'revenue'],
    extensions: { code: 'FORBIDDEN', requiredScopes: ['reports:read'] },
  });
  expect(asked()).not.toContain('revenue');
});

test('in a list the error stands once, with @ for each element', async () => {
  const { run } = setUp();
  const { data, errors } = await run('{ locations { id revenue { amount } } }', viewerWith('locations:read'));
  expect(data?.locations).toEqual([
    { id: '1', revenue: null },
    { id: '2', revenue: null },
  ]);
  expect(errors?.map(({ path }) => path)).toEqual([['locations', '@', 'revenue']]);
});

test('a refused field that is never null takes its parent with it', async () => {
  const { data } = await setUp().run('{ open { id vault } }', viewerWith('locations:read'));
  expect(data).toEqual({ open: null });
});

test('an object of which every field is refused stays, with nulls inside', async () => {
  const { data } = await setUp().run('{ open { secret } }', viewerWith('locations:read'));
  expect(data).toEqual({ open: { secret: null } });
});

test('of alternative scopes one set is enough, but whole', async () => {
  const { run } = setUp();
  expect((await run('{ open { secret } }', viewerWith('audit:read'))).data).toEqual({
    open: { secret: 's' },
  });
  expect((await run('{ open { secret } }', viewerWith('reports:read', 'events:read'))).data).toEqual({
    open: { secret: 's' },
  });
  expect((await run('{ open { secret } }', viewerWith('reports:read'))).data).toEqual({
    open: { secret: null },
  });
});

test('a field inside fragments, aliased or reached through an interface is refused just the same', async () => {
  const { run, asked } = setUp();
  const query = `{ open { ...F } places { ... on Location { hidden: secret } ... on Place { name } } }
    fragment F on Location { parent { id } a: secret }`;
  const { data, errors } = await run(query, viewerWith('locations:read'));
  expect(data?.open).toEqual({ parent: null, a: null });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['open', 'a'],
    ['places', '@', 'hidden'],
  ]);
  expect(asked()).not.toContain('secret');
});

test('what asks for a policy stays closed, for everybody', async () => {
  const { data } = await setUp().run('{ closed }', viewerWith('audit:read'));
  expect(data).toEqual({ closed: null });
});

test('a refused mutation runs nothing', async () => {
  const { run, asked } = setUp();
  const mutation = 'mutation { enter(input: { plate: "X", locationId: "1" }) { __typename } }';
  const { data, errors } = await run(mutation, viewerWith('tickets:read'));
  expect(data).toBeNull();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requiredScopes: ['tickets:write'] });
  expect(asked()).toBe('');
});

test('a mutation of whose answer a part is refused runs nothing either', async () => {
  const { run, asked } = setUp();
  const mutation = `mutation { enter(input: { plate: "X", locationId: "1" }) {
    __typename ... on Full { location { secret } } } }`;
  const { data, errors } = await run(mutation, viewerWith('tickets:write', 'locations:read'));
  expect(data).toBeNull();
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  expect(asked()).toBe('');
});

test('the same document serves viewers with different scopes, each with their own plan', async () => {
  const { run } = setUp();
  const document = parse('{ open { secret } }');
  const executor = new Executor(
    graph,
    new Operations(graph),
    recordingSources(schemas),
    createLogger('gateway', 'silent'),
  );
  const as = async (viewer: Viewer | null) =>
    (await executor.execute({ document }, { viewer, requestId: 'r' })).data;
  expect(await as(viewerWith('audit:read'))).toEqual({ open: { secret: 's' } });
  expect(await as(null)).toEqual({ open: { secret: null } });
  expect(await as(viewerWith('audit:read'))).toEqual({ open: { secret: 's' } });
  expect((await run('{ open { id } }', null)).errors).toBeUndefined();
});
