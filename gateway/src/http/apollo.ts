import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@plaza/platform/server/logger';
import { isPublicCode, maskError } from '@plaza/platform/server/mask-error';
import type { DocumentNode } from 'graphql';
import type { CallContext } from '../execution/subgraph-source.js';
import type { Executor } from '../execution/executor.js';
import type { Graph } from '../graph/graph.js';
import { DOCUMENT_LIMITS } from '../limits/document-limits.js';
import { Recent } from '../recent.js';

/** Documents that are kept parsed, and with them their plans. */
const MOST_DOCUMENTS = 2000;

/** Apollo Server in front of the executor: it reads and answers HTTP as the GraphQL-over-HTTP specification wants it. */
export async function createApollo(
  graph: Graph,
  executor: Executor,
  logger: Logger,
): Promise<ApolloServer<CallContext>> {
  const documents = new Recent<string, DocumentNode>(MOST_DOCUMENTS);
  const apollo = new ApolloServer<CallContext>({
    gateway: {
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: graph.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () =>
        Promise.resolve({
          executor: ({ document, request, context }) =>
            executor.execute(
              { document, operationName: request.operationName, variables: request.variables },
              context as CallContext,
            ),
        }),
      stop: () => Promise.resolve(),
    },
    // the executor validates, once for each document, after its own limits have been checked
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: DOCUMENT_LIMITS.tokens },
    documentStore: {
      get: (key) => Promise.resolve(documents.get(key)),
      set: (key, document) => Promise.resolve(documents.set(key, document)),
      delete: (key) => Promise.resolve(documents.delete(key)),
    },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) =>
      isPublicCode(formatted.extensions?.code) ? formatted : maskError(error, logger, ''),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => logger.warn(text),
      error: (text) => logger.error(text),
    },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}
