import { setTimeout as sleep } from 'node:timers/promises';
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
  /** How long a subgraph that doesn't answer at all is asked, in milliseconds. */
  patienceMs: number;
  /** Resolves when the event log can be read: while it can't, asking subgraphs is no use either. */
  readable: () => Promise<void>;
}

/** What identifies a payload to the subgraph that owns it. */
export type Reference = Record<string, unknown>;

// A fault that passes, a restart of the database for one, must not become a payload without its data. One that does not
// pass, a bug, must not hold up everything behind it.
const ATTEMPTS = 4;
const FIRST_RETRY_MS = 50;
const ASK_AGAIN_MS = 250;

/** Makes the payloads of one subscription: from the owning subgraph, then the rest of the plan, then the client's form. */
export class Frames {
  constructor(private readonly parts: FrameParts) {}

  /**
   * One answer for each reference, in order; null for a payload that does not exist for the viewer. What fails is tried
   * again for a while. Rejects with an error that the client may see.
   */
  async of(references: readonly Reference[]): Promise<(ExecutionResult<JsonObject> | null)[]> {
    for (let attempt = 1; ; attempt += 1) {
      const results = await this.attempt(references);
      if (attempt === ATTEMPTS || !results.some(hasFailed)) return results;
      await sleep(FIRST_RETRY_MS * 2 ** attempt);
      await this.parts.readable();
    }
  }

  private async attempt(references: readonly Reference[]): Promise<(ExecutionResult<JsonObject> | null)[]> {
    const { executor, prepared, primary, variables, errors, rest } = this.parts;
    // what is read for one wake-up must not be served to a later one
    const context: CallContext = { ...this.parts.context, shared: new Map() };
    const { entities, errorsOf } = await this.fetch(references, context);
    const payloads = entities.map((value, index) => {
      const failures = errorsOf(index);
      return {
        value,
        errors: [...errors, ...failures],
        hidden: !isJsonObject(value) && failures.length === 0,
      };
    });
    const visible = payloads.filter(({ hidden }) => !hidden);
    const made = await executor.runAll(prepared, variables, context, rest, primary.responseName, visible);
    const answers = made.values();
    return payloads.map(({ hidden }) => (hidden ? null : (answers.next().value ?? null)));
  }

  private async fetch(references: readonly Reference[], context: CallContext) {
    const { primary, payloadType, source, variables, supergraph } = this.parts;
    const representations = references.map((reference) => ({ __typename: payloadType, ...reference }));
    const request = primary.entities(payloadType, variables, representations);
    const deadline = Date.now() + this.parts.patienceMs;
    for (;;) {
      const answer = await source.fetch(request, context);
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
      if (Date.now() >= deadline || isPublicCode(errors[0]?.extensions?.code))
        throw this.shown(errors[0] ?? { message: 'No entities.' }, []);
      await sleep(ASK_AGAIN_MS);
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

const hasFailed = (answer: ExecutionResult | null): boolean =>
  answer?.errors?.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR') ?? false;
