import { GraphQLError } from 'graphql';
import { forbidden } from '../errors.js';
import { createLogger } from './logger.js';
import { maskError } from './mask-error.js';

const lines: string[] = [];
const logger = createLogger('test', 'debug', { write: (line: string) => void lines.push(line) });
beforeEach(() => (lines.length = 0));

test('an error from the catalogue keeps its message, code and extensions', () => {
  const located = new GraphQLError('This needs the scope tickets:write.', {
    path: ['recordEntry'],
    originalError: forbidden('tickets:write'),
  });
  expect(maskError(located, logger, 'r')).toEqual({
    message: 'This needs the scope tickets:write.',
    path: ['recordEntry'],
    extensions: { code: 'FORBIDDEN', requiredScopes: ['tickets:write'] },
  });
  expect(lines).toEqual([]);
});

test('an unknown error becomes INTERNAL_SERVER_ERROR without its message, and is logged with the request id', () => {
  const cause = new Error('relation "tickets.ticket" does not exist');
  const masked = maskError(
    new GraphQLError(cause.message, { path: ['tickets'], originalError: cause }),
    logger,
    'r-7',
  );
  expect(masked).toEqual({
    message: 'Something went wrong on our side.',
    path: ['tickets'],
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ requestId: 'r-7', error: { reason: cause.message } });
});

test('an error that a subgraph masked and logged is not logged again', () => {
  const masked = maskError(new Error('x'), logger, 'r');
  lines.length = 0;
  maskError(new GraphQLError(masked.message, { extensions: { code: 'INTERNAL_SERVER_ERROR' } }), logger, 'r');
  expect(lines).toEqual([]);
});

test('neither a stack trace nor the name of a subgraph leaves', () => {
  const error = new GraphQLError('no', {
    extensions: { code: 'NOT_FOUND', stacktrace: ['at'], serviceName: 'tickets' },
  });
  expect(maskError(error, logger, 'r').extensions).toEqual({ code: 'NOT_FOUND' });
});

test('a variable that does not fit its type is the caller’s to mend', () => {
  const error = new GraphQLError('Variable "$input" got invalid value 1; Expected type "X".', {
    originalError: new Error(),
  });
  expect(maskError(error, logger, 'r').extensions).toEqual({ code: 'BAD_USER_INPUT' });
});
