import { GraphQLError, type ExecutionResult } from 'graphql';

/** The answer to an operation that came over a socket or a stream, where an HTTP status means nothing. */
export const withoutHttp = <Result extends ExecutionResult>(result: Result): Result =>
  result.errors ? { ...result, errors: result.errors.map(withoutStatus) } : result;

function withoutStatus(error: GraphQLError): GraphQLError {
  const { http: _http, ...extensions } = error.extensions;
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    path: error.path ?? null,
    extensions,
  });
}
