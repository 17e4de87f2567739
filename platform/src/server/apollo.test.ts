import { buildSchema, GraphQLError } from 'graphql';
import { createApollo } from './apollo.js';
import { createHttpServer } from './http-server.js';
import { serveGraphQL } from './graphql-route.js';
import { createLogger } from './logger.js';

const logger = createLogger('test', 'silent');

async function answerTo(errors: object[]): Promise<unknown> {
  const apollo = await createApollo({
    schema: buildSchema('type Query { place: String }'),
    execute: async () => ({ data: { place: null }, errors: errors as GraphQLError[] }),
    validates: true,
    maxTokens: 100,
    logger,
  });
  const server = createHttpServer(logger);
  serveGraphQL(server, apollo, async () => ({}));
  const response = await server.inject({ method: 'POST', url: '/graphql', payload: { query: '{ place }' } });
  await server.close();
  await apollo.stop();
  return response.json();
}

test('an error that the execution has masked and formatted is sent as it is', async () => {
  const error = { message: 'The place was not found.', path: ['place'], extensions: { code: 'NOT_FOUND' } };
  expect(await answerTo([error])).toEqual({ data: { place: null }, errors: [error] });
});

test('an error that nobody masked is masked at the door', async () => {
  expect(await answerTo([new GraphQLError('select secret from vault')])).toEqual({
    data: { place: null },
    errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
});
