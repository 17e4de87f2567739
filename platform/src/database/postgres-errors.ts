import pg from 'pg';

const is = (error: unknown, code: string, constraint?: string): boolean =>
  error instanceof pg.DatabaseError &&
  error.code === code &&
  (constraint === undefined || error.constraint === constraint);

export const isUniqueViolation = (error: unknown, constraint?: string) => is(error, '23505', constraint);
export const isExclusionViolation = (error: unknown, constraint?: string) => is(error, '23P01', constraint);
export const isForeignKeyViolation = (error: unknown, constraint?: string) => is(error, '23503', constraint);
export const isCheckViolation = (error: unknown, constraint?: string) => is(error, '23514', constraint);

/** A serialization failure or a deadlock: the same transaction may well succeed when it is run again. */
export const isWorthRetrying = (error: unknown): boolean => is(error, '40001') || is(error, '40P01');

/** What Postgres says to a statement that follows a failed one; the first failure is the one that matters. */
export const isAbortedTransaction = (error: unknown): boolean => is(error, '25P02');
