import type { Fetcher } from '@graphiql/toolkit';
import { getOperationAST, OperationTypeNode, parse, type ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { onTokenChange, remember, token } from './session.js';

const path = '/graphql';

const socket = createClient({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`,
  connectionParams: () => (token() === '' ? {} : { authorization: `Bearer ${token()}` }),
});
// a socket keeps the rights that it was opened with
onTokenChange(() => socket.terminate());

/** One operation over HTTP, in the name of whoever is signed in. */
export async function send(
  operation: unknown,
  headers: Record<string, string> = {},
): Promise<ExecutionResult> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token() === '' ? {} : { authorization: `Bearer ${token()}` }),
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  const answer = (await response.json()) as ExecutionResult;
  remember(answer);
  return answer;
}

/** Subscriptions by graphql-ws, everything else by HTTP. */
export const fetcher: Fetcher = (operation, options) => {
  const document = parse(operation.query);
  const isLive =
    getOperationAST(document, operation.operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  if (!isLive) return send(operation, options?.headers);
  return socket.iterate<Record<string, unknown>>({
    query: operation.query,
    operationName: operation.operationName,
    variables: operation.variables as Record<string, unknown>,
  }) as AsyncIterable<ExecutionResult>;
};
