import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

/** Every code that a thrown error can carry in `extensions.code`. What a caller can act on is in result unions instead. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'COST_LIMIT_EXCEEDED',
  'CURSOR_EXPIRED',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error whose message is meant for the caller. Anything else that is thrown is masked at the edge. */
export class PlazaError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, extensions: GraphQLErrorExtensions = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.name = 'PlazaError';
    this.code = code;
  }
}

export const unauthenticated = (message = 'Sign in first, or send an API key.') =>
  new PlazaError('UNAUTHENTICATED', message);

export const forbidden = (scope: string) =>
  new PlazaError('FORBIDDEN', `This needs the scope ${scope}.`, { requiredScopes: [scope] });

export const notFound = (what: string) => new PlazaError('NOT_FOUND', `${what} was not found.`);

/** `field` is the path inside the mutation's input, or the argument's name. */
export const badUserInput = (field: string, message: string) =>
  new PlazaError('BAD_USER_INPUT', message, { field });

export const conflict = (message: string) => new PlazaError('CONFLICT', message);

/** `whose` is the holder and its verb, as "You have". `retryAfter` is in seconds, where waiting alone may help. */
export const rateLimited = (whose: string, limit: number, what: string, retryAfter?: number) =>
  new PlazaError('RATE_LIMITED', `${whose} ${limit} ${what} open, as many as may be: end one first.`, {
    limit,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });

/** `oldestCursor` is the oldest one that still works, for the same filter. */
export const cursorExpired = (oldestCursor: string) =>
  new PlazaError('CURSOR_EXPIRED', 'The events after this cursor are no longer kept.', { oldestCursor });
