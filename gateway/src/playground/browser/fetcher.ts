import type { Fetcher } from '@graphiql/toolkit';
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { onTokenChange, remember, token } from './session.ts';

const path = '/graphql';

const socket = createClient({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`,
  connectionParams: () => (token() === '' ? {} : { authorization: `Bearer ${token()}` }),
});
// a socket keeps the rights that it was opened with
onTokenChange(() => socket.terminate());

/** One operation over HTTP, in the name of whoever is signed in. */
export async function send(operation: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token() === '' ? {} : { authorization: `Bearer ${token()}` }),
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  const answer: unknown = await response.json();
  remember(answer);
  return answer;
}

/** Subscriptions by graphql-ws, everything else by HTTP. */
export const fetcher: Fetcher = (operation, options) => {
  const document = parse(operation.query);
  if (getOperationAST(document, operation.operationName)?.operation === 'subscription') {
    return socket.iterate({
      query: operation.query,
      operationName: operation.operationName,
      variables: operation.variables as Record<string, unknown>,
    });
  }
  return send(operation, options?.headers as Record<string, string>) as never;
};
