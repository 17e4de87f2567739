import type { PlanNode } from '@apollo/query-planner';
import type { Logger } from '@plaza/platform/server/logger';
import { isPublicCode, maskError } from '@plaza/platform/server/mask-error';
import { GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Executor } from '../execution/executor.js';
import { isJsonObject, type JsonObject } from '../execution/merge.js';
import { applyRewrites } from '../execution/rewrites.js';
import type { CallContext, SubgraphError, SubgraphSource } from '../execution/subgraph-source.js';
import type { PreparedOperation } from '../graph/prepare.js';
import type { PrimaryFetch } from './primary-fetch.js';

/** What one subscription's frames are made of. */
export interface FrameParts {
  supergraph: GraphQLSchema;
  executor: Executor;
  source: SubgraphSource;
  logger: Logger;
  prepared: PreparedOperation;
  primary: PrimaryFetch;
  payloadType: string;
  /** What other subgraphs add to the payload. */
  rest: PlanNode | undefined;
  variables: Record<string, unknown>;
  context: CallContext;
  /** For the fields that the viewer may not see; they stand in every frame. */
  errors: readonly GraphQLError[];
}

/** What identifies a payload to the subgraph that owns it. */
export type Reference = Record<string, unknown>;

const ATTEMPTS = 5;
const FIRST_RETRY_MS = 100;

/** Makes the frames of one subscription: the payloads from the owning subgraph, the rest of the plan, the client's form. */
export class Frames {
  constructor(private readonly parts: FrameParts) {}

  /**
   * One frame for each reference, in order; null for a payload that does not exist for the viewer. A subgraph that
   * doesn't answer is asked again for a few seconds. Rejects with an error that the client may see.
   */
  async of(references: readonly Reference[]): Promise<(ExecutionResult<JsonObject> | null)[]> {
    const { executor, prepared, primary, variables, errors, rest } = this.parts;
    // what is read for one frame must not be served to a later one
    const context: CallContext = { ...this.parts.context, shared: new Map() };
    const { entities, errorsOf } = await this.fetch(references, context);
    return Promise.all(
      entities.map(async (entity, index) => {
        const failures = errorsOf(index);
        if (!isJsonObject(entity) && failures.length === 0) return null;
        return executor.run(prepared, variables, context, {
          plan: isJsonObject(entity) ? rest : undefined,
          data: { [primary.responseName]: entity },
          errors: [...errors, ...failures],
        });
      }),
    );
  }

  private async fetch(references: readonly Reference[], context: CallContext) {
    const { primary, payloadType, source, variables, supergraph } = this.parts;
    for (let attempt = 1; ; attempt += 1) {
      const representations = references.map((reference) => ({ __typename: payloadType, ...reference }));
      const answer = await source.fetch(primary.entities(payloadType, variables, representations), context);
      const entities = answer.data?._entities;
      const errors = answer.errors ?? [];
      if (Array.isArray(entities)) {
        const { outputRewrites, responseName } = primary;
        if (outputRewrites) {
          for (const entity of entities)
            applyRewrites(supergraph, outputRewrites, { [responseName]: entity });
        }
        return { entities: entities as unknown[], errorsOf: (index: number) => this.errorsOf(index, errors) };
      }
      if (attempt === ATTEMPTS || isPublicCode(errors[0]?.extensions?.code))
        throw this.shown(errors[0] ?? { message: 'No entities.' }, []);
      await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS * 2 ** attempt));
    }
  }

  private errorsOf(index: number, errors: readonly SubgraphError[]): GraphQLError[] {
    return errors
      .filter(({ path }) => path?.[0] !== '_entities' || path[1] === undefined || path[1] === index)
      .map((error) => this.shown(error, [this.parts.primary.responseName, ...(error.path?.slice(2) ?? [])]));
  }

  private shown(error: SubgraphError, path: (string | number)[]): GraphQLError {
    const { logger, context } = this.parts;
    const original = new GraphQLError(error.message, { path, extensions: error.extensions ?? null });
    const { message, extensions } = maskError(original, logger, context.requestId);
    return new GraphQLError(message, { path: path.length > 0 ? path : null, extensions: extensions ?? null });
  }
}
