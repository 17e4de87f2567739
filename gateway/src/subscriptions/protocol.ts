import { PlazaError, rateLimited, unauthenticated } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import type { Logger } from '@plaza/platform/server/logger';
import type { Viewer } from '@plaza/platform/viewer';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { CloseCode, type Context, type ServerOptions } from 'graphql-ws';
import type { OperationRequest } from '../execution/executor.js';
import type { CallContext } from '../execution/subgraph-source.js';
import { DOCUMENT_LIMITS } from '../limits/document-limits.js';
import { Recent } from '@plaza/platform/server/recent';
import { tooNested } from '@plaza/platform/server/too-nested';
import type { FederatedSubscriptions } from './federated-subscriptions.js';

export interface ProtocolOptions {
  schema: GraphQLSchema;
  subscriptions: Pick<FederatedSubscriptions, 'subscribe'>;
  /** Answers queries and mutations that come over the socket. */
  execute: (request: OperationRequest, context: CallContext) => Promise<ExecutionResult>;
  /** The viewer of "Bearer ...", null without a credential. Throws UNAUTHENTICATED for one that is not valid. */
  authenticate: (authorization: string | undefined) => Promise<Viewer | null>;
  logger: Logger;
}

/** What is known about one socket. */
export interface Connection {
  viewer: Viewer | null;
  authorization: string | undefined;
  close(code: number, reason: string): void;
  /** Closes the socket when its credential no longer means what it meant when it was opened. */
  recheck?(): Promise<void>;
}

type Params = Record<string, unknown>;
type SocketContext = Context<Params, Connection>;

/** Operations that run at once on one socket, subscriptions included. */
export const MOST_OPERATIONS = 100;
const MOST_DOCUMENTS = 1_000;
const LONGEST_CLOSE_REASON = 120;

/** Plaza's answers to the events of the graphql-ws protocol. */
export function protocolOptions(options: ProtocolOptions): ServerOptions<Params, Connection> {
  const { subscriptions, execute, authenticate, logger, schema } = options;
  // an operation's plan is kept for as long as its document
  const documents = new Recent<string, DocumentNode>(MOST_DOCUMENTS);

  async function viewerOf(params: Params | undefined): Promise<Viewer | null> {
    return authenticate(credentialOf(params));
  }

  async function onConnect({ connectionParams, extra }: SocketContext): Promise<boolean> {
    try {
      extra.viewer = await viewerOf(connectionParams);
    } catch (error) {
      if (!(error instanceof PlazaError)) throw error;
      // 4403, because clients come back after it, with a fresh token where they have one; 4401 they take as final
      extra.close(CloseCode.Forbidden, error.message.slice(0, LONGEST_CLOSE_REASON));
      return false;
    }
    const known = JSON.stringify(extra.viewer);
    extra.recheck = async () => {
      try {
        if (JSON.stringify(await viewerOf(connectionParams)) === known) return;
        extra.close(CloseCode.Forbidden, 'Your permissions have changed: connect again.');
      } catch (error) {
        if (error instanceof PlazaError) extra.close(CloseCode.Forbidden, 'Your sign-in has ended.');
        else logger.warn({ error }, 'the credential of a websocket could not be checked');
      }
    };
    return true;
  }

  function parseDocument(query: string): DocumentNode {
    let document = documents.get(query);
    if (!document) {
      document = parse(query, { maxTokens: DOCUMENT_LIMITS.tokens });
      documents.set(query, document);
    }
    return document;
  }

  return {
    onConnect,

    // subscriptions begin here and not in `subscribe`, because only here what keeps one from beginning is an `error`
    async onSubscribe({ extra, subscriptions: running }, _id, { query, operationName, variables }) {
      if (Object.keys(running).length > MOST_OPERATIONS) return [rateLimited(1)];
      let document: DocumentNode;
      try {
        document = parseDocument(query);
      } catch (error) {
        return [parseFailure(error)];
      }
      const context: CallContext = { viewer: extra.viewer, requestId: newId() };
      const request: OperationRequest = { document, operationName, variables };
      const args = { schema, document, operationName: operationName ?? null, contextValue: context };
      if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) {
        return { ...args, rootValue: request };
      }
      const begun = await subscriptions.subscribe(request, context);
      return 'errors' in begun ? begun.errors : { ...args, rootValue: begun };
    },

    subscribe: ({ rootValue }) => rootValue as AsyncGenerator<ExecutionResult>,

    async execute({ rootValue, contextValue }) {
      const result = await execute(rootValue as OperationRequest, contextValue as CallContext);
      return result.errors ? { ...result, errors: result.errors.map(withoutHttp) } : result;
    },
  };
}

function credentialOf(params: Params | undefined): string | undefined {
  const credential = params?.authorization ?? params?.Authorization;
  if (credential === undefined || credential === null) return undefined;
  if (typeof credential !== 'string') throw unauthenticated('connectionParams.authorization is a string.');
  return credential;
}

const parseFailure = (error: unknown): GraphQLError =>
  tooNested(error) ??
  new GraphQLError((error as Error).message, { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });

// an HTTP status means nothing here
function withoutHttp(error: GraphQLError): GraphQLError {
  const { http: _http, ...extensions } = error.extensions;
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    path: error.path ?? null,
    extensions,
  });
}
