import { notFound } from '@plaza/platform/errors';
import { requestContext, type RequestContext } from '@plaza/platform/graphql/context';
import { createLogger } from '@plaza/platform/server/logger';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { viewerWith } from '../../tests/fixtures/car-park.js';
import type { CallContext } from '../execution/subgraph-source.js';
import { InProcessSource } from './in-process-source.js';

const lines: string[] = [];
const logger = createLogger('gateway', 'debug', { write: (line: string) => void lines.push(line) });
const contexts: RequestContext[] = [];

function subgraphSchema(): GraphQLSchema {
  const schema = buildSchema(
    'type Query { who: String missing: String breaks: String echo(text: String!): String }',
  );
  const fields = schema.getQueryType()!.getFields();
  fields.who!.resolve = (_source, _args, context: RequestContext) => {
    contexts.push(context);
    return context.viewer?.scopes.join();
  };
  fields.missing!.resolve = () => Promise.reject(notFound('The ticket'));
  fields.breaks!.resolve = () => Promise.reject(new Error('relation "secret" does not exist'));
  fields.echo!.resolve = (_source, { text }: { text: string }) => text;
  return schema;
}

let closed = 0;
const source = new InProcessSource(
  {
    name: 'tickets',
    schema: subgraphSchema(),
    sdl: '',
    context: requestContext,
    close: () => Promise.resolve(void closed++),
  },
  logger,
);
const ask = (query: string, context: Partial<CallContext> = {}, variables = {}) =>
  source.fetch(
    { query, operationName: undefined, variables },
    { viewer: null, requestId: 'r-1', ...context },
  );

test('the subgraph sees the viewer', async () => {
  expect((await ask('{ who }', { viewer: viewerWith('tickets:read') })).data).toEqual({
    who: 'tickets:read',
  });
});

test('fetches that share share one context; the others get one each', async () => {
  contexts.length = 0;
  const shared = new Map();
  await Promise.all([ask('{ who }', { shared }), ask('{ who }', { shared }), ask('{ who }')]);
  expect(contexts[0]).toBe(contexts[1]);
  expect(contexts[2]).not.toBe(contexts[0]);
});

test('a known error keeps its code; an unknown one is masked, and logged with its request id', async () => {
  lines.length = 0;
  const { data, errors } = await ask('{ missing breaks }');
  expect(data).toEqual({ missing: null, breaks: null });
  expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['NOT_FOUND', 'INTERNAL_SERVER_ERROR']);
  expect(JSON.stringify(errors)).not.toContain('relation');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ requestId: 'r-1' }),
  ]);
});

test('a variable of the wrong type is the caller’s mistake', async () => {
  const { errors } = await ask('query ($text: String!) { echo(text: $text) }', {}, { text: 1 });
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

test('a fetch never rejects', async () => {
  const { errors } = await ask('{ not graphql');
  expect(errors).toEqual([
    { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  ]);
});

test('closing it closes the subgraph', async () => {
  await source.close();
  expect(closed).toBe(1);
});
