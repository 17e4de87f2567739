import { execute, type DocumentNode, type FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../graphql/context.js';
import type { Subgraph } from '../subgraph.js';
import type { Logger } from './logger.js';
import { maskError } from './mask-error.js';

/** Runs an operation of the planner's on a subgraph in this process. Errors come back masked; unknown ones are logged. */
export async function executeSubgraph(
  subgraph: Subgraph,
  document: DocumentNode,
  variables: Record<string, unknown> | undefined,
  context: RequestContext,
  logger: Logger,
): Promise<FormattedExecutionResult> {
  const { data, errors } = await execute({
    schema: subgraph.schema,
    document,
    variableValues: variables,
    contextValue: context,
  });
  if (!errors) return { data };
  const masked = errors.map((error) => maskError(error, logger, context.requestId));
  return data === undefined ? { errors: masked } : { data, errors: masked };
}
