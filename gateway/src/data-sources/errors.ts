import type { Logger } from '@plaza/platform/server/logger';
import { isPublicCode, maskError } from '@plaza/platform/server/mask-error';
import type { SubgraphAnswer, SubgraphError } from '../execution/subgraph-source.js';

/** The answer in place of a subgraph that failed as a whole: logged here, masked for the caller. */
export function failedAnswer(error: unknown, logger: Logger, requestId: string): SubgraphAnswer {
  const { message, extensions } = maskError(error, logger, requestId);
  return { errors: [{ message, extensions }] };
}

/** Errors as a remote subgraph sent them: those with a known code as they are, the others masked. */
export function receivedErrors(
  errors: readonly SubgraphError[],
  logger: Logger,
  requestId: string,
): SubgraphError[] {
  return errors.map((error) => {
    if (isPublicCode(error.extensions?.code)) return error;
    const { message, extensions } = maskError(new Error(error.message), logger, requestId);
    return { message, path: error.path, extensions };
  });
}
