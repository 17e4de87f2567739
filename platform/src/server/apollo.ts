import { ApolloServer, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode, ExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from './logger.js';
import { isPublicCode, maskError } from './mask-error.js';
import { Recent } from './recent.js';
import { tooNested } from './too-nested.js';

/** One operation as it came over HTTP, parsed. */
export interface HttpOperation {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown> | undefined;
}

export interface ApolloOptions<Context extends BaseContext> {
  /** What introspection and validation see. */
  schema: GraphQLSchema;
  /** Runs an operation. Its errors are sent as they are, so it masks what callers must not see. */
  execute(operation: HttpOperation, context: Context): Promise<ExecutionResult>;
  /** True when `execute` validates by itself. */
  validates: boolean;
  /** The most tokens that a document may have. */
  maxTokens: number;
  logger: Logger;
}

/** Documents that are kept parsed, and with them whatever `execute` remembers of them. */
const MOST_DOCUMENTS = 2000;

/** Apollo Server in front of `execute`: it reads and answers HTTP as the GraphQL-over-HTTP specification wants it. */
export async function createApollo<Context extends BaseContext>(
  options: ApolloOptions<Context>,
): Promise<ApolloServer<Context>> {
  const { schema, logger } = options;
  const documents = new Recent<string, DocumentNode>(MOST_DOCUMENTS);
  const apollo = new ApolloServer<Context>({
    gateway: {
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () =>
        Promise.resolve({
          executor: ({ document, request: { operationName, variables }, context }) =>
            options.execute({ document, operationName, variables }, context as Context),
        }),
      stop: () => Promise.resolve(),
    },
    dangerouslyDisableValidation: options.validates,
    parseOptions: { maxTokens: options.maxTokens },
    documentStore: {
      get: (key) => Promise.resolve(documents.get(key)),
      set: (key, document) => Promise.resolve(documents.set(key, document)),
      delete: (key) => Promise.resolve(documents.delete(key)),
    },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    introspection: true,
    // what is no Error comes from `execute`, masked and formatted; Apollo would make it "Unexpected error value"
    formatError: (formatted, error) => {
      if (!(error instanceof Error)) return error as GraphQLFormattedError;
      const nested = formatted.extensions?.code === 'GRAPHQL_PARSE_FAILED' && tooNested(error);
      if (nested) return { message: nested.message, extensions: { code: nested.code } };
      return isPublicCode(formatted.extensions?.code) ? formatted : maskError(error, logger, '');
    },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => logger.warn(message),
      error: (message: string) => logger.error(message),
    },
    // each of these would cost something at every request
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
