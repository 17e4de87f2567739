import { GraphQLError } from 'graphql';
import { PlazaError } from '../errors.js';

/** The error for a document that is nested too deeply to be parsed; undefined when `error`, the parser's, is another. */
export function tooNested(error: unknown): PlazaError | undefined {
  let cause = error;
  while (cause instanceof GraphQLError) cause = cause.originalError;
  // the parser calls itself for every level, until the stack is full
  return cause instanceof RangeError
    ? new PlazaError('COST_LIMIT_EXCEEDED', 'The document is nested too deeply.')
    : undefined;
}
