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
  if (error instanceof GraphQLError) {
    const code = codeOf(error);
    const place = {
      ...(error.locations ? { locations: error.locations } : {}),
      ...(error.path ? { path: error.path } : {}),
    };
    if (isPublicCode(code)) {
      const shown = Object.entries(error.extensions).filter(([key]) => !PRIVATE_EXTENSIONS.has(key));
      return { message: error.message, ...place, extensions: { ...Object.fromEntries(shown), code } };
    }
    // a subgraph that masked an error has logged it already
    if (error.message !== MASKED.message) logger.error({ error, requestId }, 'an operation failed');
    return { ...MASKED, ...place };
  }
  logger.error({ error, requestId }, 'an operation failed');
  return MASKED;
}

const MASKED = {
  message: 'Something went wrong on our side.',
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
} as const;

// graphql-js gives no code to a variable or argument that does not fit its type; it is the caller's to mend
const codeOf = (error: GraphQLError): unknown =>
  error.extensions.code ?? (/^(Variable|Argument) "/.test(error.message) ? 'BAD_USER_INPUT' : undefined);
