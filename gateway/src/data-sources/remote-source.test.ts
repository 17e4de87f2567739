import { createServer, type Server } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { notFound } from '@plaza/platform/errors';
import { requestContext, type RequestContext } from '@plaza/platform/graphql/context';
import { createLogger } from '@plaza/platform/server/logger';
import { startSubgraph, type RunningSubgraph } from '@plaza/platform/server/run-subgraph';
import { TEST_SECRET } from '@plaza/platform/testing/test-cluster';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { VIEWER_HEADER } from '@plaza/platform/viewer-token';
import { parse } from 'graphql';
import { viewerWith } from '../../tests/fixtures/car-park.js';
import { RemoteSource } from './remote-source.js';
import { ViewerTokens } from './viewer-tokens.js';

const typeDefs = parse(
  `type Query { who: String requestId: String missing: String breaks: String add(a: Int!, b: Int = 2): Int }`,
);
const resolvers = {
  Query: {
    who: (_: unknown, __: unknown, { viewer }: RequestContext) => viewer?.scopes.join() ?? 'nobody',
    requestId: (_: unknown, __: unknown, context: RequestContext) => context.requestId,
    missing: () => Promise.reject(notFound('The ticket')),
    breaks: () => Promise.reject(new Error('select secret')),
    add: (_: unknown, { a, b }: { a: number; b: number }) => a + b,
  },
};

let database: TestDatabase;
let subgraph: RunningSubgraph;
let source: RemoteSource;
let stub: Server;
const lines: string[] = [];
const logger = createLogger('gateway', 'debug', { write: (line: string) => void lines.push(line) });
const to = (url: string) =>
  new RemoteSource({ name: 'tickets', url, viewerTokens: new ViewerTokens(database.secrets), logger });

beforeAll(async () => {
  database = await createTestDatabase();
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
  subgraph = await startSubgraph(
    'tickets',
    () => Promise.resolve({ name: 'tickets', schema, sdl: '', context: requestContext }),
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: database.adminUrl,
      secret: TEST_SECRET,
      logLevel: 'silent',
    },
  );
  source = to(`http://127.0.0.1:${subgraph.port}/graphql`);
  stub = createServer((_request, response) => void response.writeHead(502).end('<html>')).listen(
    0,
    '127.0.0.1',
  );
});
afterAll(async () => {
  await source.close();
  stub.close();
  await subgraph.stop();
  await database.drop();
});

const fetch1 = (
  query: string,
  viewer: ReturnType<typeof viewerWith> | null = null,
  variables = {},
  from = source,
) => from.fetch({ query, operationName: undefined, variables }, { viewer, requestId: 'r-1' });

test('the viewer and the request id travel to the subgraph', async () => {
  expect((await fetch1('{ who requestId }', viewerWith('tickets:read'))).data).toEqual({
    who: 'tickets:read',
    requestId: 'r-1',
  });
  expect((await fetch1('{ who }')).data).toEqual({ who: 'nobody' });
});

test('variables arrive, with the operation’s own defaults', async () => {
  expect((await fetch1('query ($a: Int!) { add(a: $a) }', null, { a: 1 })).data).toEqual({ add: 3 });
});

test('a known error keeps its code, an unknown one tells nothing', async () => {
  const { data, errors } = await fetch1('{ missing breaks }');
  expect(data).toEqual({ missing: null, breaks: null });
  expect(errors).toEqual([
    expect.objectContaining({
      message: 'The ticket was not found.',
      path: ['missing'],
      extensions: { code: 'NOT_FOUND' },
    }),
    expect.objectContaining({ path: ['breaks'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
  ]);
  expect(JSON.stringify(errors)).not.toContain('select');
});

test('a subgraph refuses a viewer that the gateway did not sign', async () => {
  const forged = await new ViewerTokens(database.secrets).tokenOf(viewerWith('tickets:read'));
  const ask = (token: string) =>
    fetch(`http://127.0.0.1:${subgraph.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [VIEWER_HEADER]: token },
      body: '{"query":"{ who }"}',
    }).then((response) => response.json() as Promise<{ data?: object; errors?: { extensions: object }[] }>);
  expect((await ask(forged)).data).toEqual({ who: 'tickets:read' });
  expect((await ask(`${forged.slice(0, -4)}AAAA`)).errors?.[0]?.extensions).toEqual({
    code: 'UNAUTHENTICATED',
  });
});

test('a subgraph that is down or answers nonsense is one masked error, logged with the request id', async () => {
  const { port } = stub.address() as { port: number };
  for (const url of ['http://127.0.0.1:1/graphql', `http://127.0.0.1:${port}/graphql`]) {
    lines.length = 0;
    const away = to(url);
    expect(await fetch1('{ who }', null, {}, away)).toEqual({
      errors: [
        { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ],
    });
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ requestId: 'r-1' });
    expect(await away.ready()).toBe(false);
    await away.close();
  }
  expect(await source.ready()).toBe(true);
});

test('a viewer is signed once for many fetches', async () => {
  const tokens = new ViewerTokens(database.secrets);
  const viewer = viewerWith('tickets:read');
  expect(await tokens.tokenOf(viewer)).toBe(await tokens.tokenOf(viewer));
});
