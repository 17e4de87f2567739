import { PlazaError, rateLimited, unauthenticated } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import type { Viewer } from '@plaza/platform/viewer';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { CloseCode, type Context, type ServerOptions } from 'graphql-ws';
import type { OperationRequest } from '../../execution/executor.js';
import type { CallContext } from '../../execution/subgraph-source.js';
import type { Accounts, Connected } from '../accounts.js';
import type { Documents } from '../documents.js';
import type { FederatedSubscriptions } from '../federated-subscriptions.js';
import { withoutHttp } from '../without-http.js';
import { SocketOutlet, type OpenSocket } from './socket-outlet.js';

export interface ProtocolOptions {
  schema: GraphQLSchema;
  documents: Documents;
  subscriptions: Pick<FederatedSubscriptions, 'subscribe'>;
  /** Answers queries and mutations that come over the socket. */
  execute: (request: OperationRequest, context: CallContext) => Promise<ExecutionResult>;
  accounts: Pick<Accounts, 'enter' | 'leave'>;
}

/** What is known about one socket. */
export interface Connection extends Connected, OpenSocket {
  viewer: Viewer | null;
  operations: { readonly size: number };
}

type Params = Record<string, unknown>;
type SocketContext = Context<Params, Connection>;

/** Operations that run at once on one socket, subscriptions included. */
export const MOST_OPERATIONS = 100;
const LONGEST_CLOSE_REASON = 120;

/** Plaza's answers to the events of the graphql-ws protocol. */
export function protocolOptions(options: ProtocolOptions): ServerOptions<Params, Connection> {
  const { subscriptions, execute, accounts, documents, schema } = options;

  async function onConnect({ connectionParams, extra }: SocketContext): Promise<boolean> {
    try {
      await accounts.enter(extra, credentialOf(connectionParams));
      return true;
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      extra.turnAway(error.message);
      return false;
    }
  }

  return {
    onConnect,

    // subscriptions begin here and not in `subscribe`, because only here what keeps one from beginning is an `error`
    async onSubscribe({ extra }, id, { query, operationName, variables }) {
      if (extra.operations.size > MOST_OPERATIONS) {
        return [rateLimited('This socket has', MOST_OPERATIONS, 'operations')];
      }
      const document = documents.parse(query);
      if (document instanceof GraphQLError) return [document];
      const context: CallContext = { viewer: extra.viewer, requestId: newId() };
      const request: OperationRequest = { document, operationName, variables };
      const args = { schema, document, operationName: operationName ?? null, contextValue: context };
      const operation = getOperationAST(document, operationName)?.operation;
      if (operation && operation !== OperationTypeNode.SUBSCRIPTION) {
        return { ...args, rootValue: request };
      }
      const outlet = new SocketOutlet(extra, id);
      const begun = await subscriptions.subscribe(request, context, outlet);
      return 'errors' in begun ? begun.errors : { ...args, rootValue: outlet.begun(begun.stop) };
    },

    subscribe: ({ rootValue }) => rootValue as SocketOutlet,

    async execute({ rootValue, contextValue }) {
      return withoutHttp(await execute(rootValue as OperationRequest, contextValue as CallContext));
    },

    onClose: ({ extra }) => accounts.leave(extra),
  };
}

/** Closes with 4403, because clients come back after it, with a fresh token where they have one; 4401 they take as final. */
export const turnedAway = ({ socket }: OpenSocket, reason: string): void =>
  socket.close(CloseCode.Forbidden, reason.slice(0, LONGEST_CLOSE_REASON));

function credentialOf(params: Params | undefined): string | undefined {
  const credential = params?.authorization ?? params?.Authorization;
  if (credential === undefined || credential === null) return undefined;
  if (typeof credential !== 'string') throw unauthenticated('connectionParams.authorization is a string.');
  return credential;
}
