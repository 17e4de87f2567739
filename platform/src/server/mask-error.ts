import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from './logger.js';

// what Apollo and graphql-js say about a request that is wrong in itself
const OF_THE_PROTOCOL = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The codes that may leave Plaza with their own message; INTERNAL_SERVER_ERROR is what all others become. */
const PUBLIC = new Set<unknown>([
  ...OF_THE_PROTOCOL,
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'COST_LIMIT_EXCEEDED',
  'CURSOR_EXPIRED',
]);

const PRIVATE_EXTENSIONS = new Set(['stacktrace', 'exception', 'serviceName', 'http', 'variables']);

/** True for an error whose message was written for the caller. */
export const isPublicCode = (code: unknown): boolean => PUBLIC.has(code);

/**
 * The error as a caller may see it: a known code with its message and extensions, or INTERNAL_SERVER_ERROR without
 * either. An unknown one is logged with the request id; its message, its stack and any SQL stay here.
 */
export function maskError(error: unknown, logger: Logger, requestId: string): GraphQLFormattedError {
  const known = error instanceof GraphQLError ? error : undefined;
  const place = { ...(known?.locations ? { locations: known.locations } : {}), ...(known?.path ? { path: known.path } : {}) };
  const code = known?.extensions.code ?? (known && !known.originalError ? codeOfGraphQL(known) : undefined);
  if (!known || !isPublicCode(code)) {
    if (code !== MASKED_CODE || known?.originalError) logger.error({ error, requestId }, 'an operation failed');
    return { message: MASKED_MESSAGE, ...place, extensions: { code: MASKED_CODE } };
  }
  const extensions = Object.fromEntries(Object.entries(known.extensions).filter(([key]) => !PRIVATE_EXTENSIONS.has(key)));
  return { message: known.message, ...place, extensions: { ...extensions, code } };
}

const MASKED_CODE = 'INTERNAL_SERVER_ERROR';
const MASKED_MESSAGE = 'Something went wrong on our side.';

// graphql-js gives no code to a variable or argument that does not fit its type; it is the caller's to mend
const codeOfGraphQL = (error: GraphQLError): string | undefined =>
  /^(Variable|Argument) "/.test(error.message) ? 'BAD_USER_INPUT' : undefined;
