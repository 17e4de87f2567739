import type { PlanNode } from '@apollo/query-planner';
import type { Logger } from '@plaza/platform/server/logger';
import { maskError } from '@plaza/platform/server/mask-error';
import {
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
} from 'graphql';
import type { Graph } from '../graph/graph.js';
import { PreparedOperation, withCode, type Operations } from '../graph/prepare.js';
import { brokenCost } from '../limits/cost.js';
import { nameRefusedVariables } from '../limits/refused-values.js';
import { brokenVariables } from '../limits/variable-limits.js';
import { complete } from './complete.js';
import { introspector } from './introspect.js';
import type { JsonObject } from './merge.js';
import { runPlan, type PlanRun } from './run-plan.js';
import type { CallContext, SubgraphSource } from './subgraph-source.js';
import { noteUnfinished } from './unfinished.js';

/** One operation as a client sent it, parsed. */
export interface OperationRequest {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** What an execution may begin with: an event's payload stands in the answer before the first fetch. */
export interface Seed {
  plan: PlanNode | undefined;
  data: JsonObject;
  errors: readonly GraphQLError[];
}

/** An operation's variables, coerced; or what is wrong with them. */
export type Variables =
  | { values: Record<string, unknown>; errors?: undefined }
  | { values?: undefined; errors: readonly GraphQLError[] };

const MOST_VARIABLE_ERRORS = 10;
const NO_VARIABLES: Record<string, unknown> = {};

/** Runs operations over the subgraphs: looks up the plan for the viewer, fetches, and gives the answer its form. */
export class Executor {
  constructor(
    private readonly graph: Graph,
    private readonly operations: Operations,
    private readonly sources: Record<string, SubgraphSource>,
    private readonly logger: Logger,
  ) {}

  /** Answers a query or mutation. Never rejects; every error in the answer may be shown to the caller. */
  async execute(request: OperationRequest, context: CallContext): Promise<ExecutionResult<JsonObject>> {
    try {
      const prepared = this.operations.prepare(request.document, request.operationName);
      if (!(prepared instanceof PreparedOperation)) return { errors: prepared.map(badRequest) };
      const variables = this.variablesOf(prepared, request.variables ?? NO_VARIABLES);
      if (variables.errors) return { errors: variables.errors.map(badRequest) };
      const { plan, errors } = prepared.permissionFor(context.viewer);
      if (plan?.kind === 'Subscription') return { errors: [badRequest(NOT_BY_POST)] };
      // whoever is refused a part of the answer must not have caused what they are not told of
      if (errors.length > 0 && prepared.operation.operation === OperationTypeNode.MUTATION)
        return { errors, data: null };
      const shared =
        prepared.operation.operation === OperationTypeNode.QUERY
          ? { ...context, shared: new Map() }
          : context;
      return await this.run(prepared, variables.values, shared, { plan, data: {}, errors });
    } catch (error) {
      return { errors: [this.mask(error, context)] };
    }
  }

  /** The operation's variables, checked and with their defaults; or what is wrong with them or too much for them. */
  variablesOf(prepared: PreparedOperation, given: Record<string, unknown>): Variables {
    const definitions = prepared.operation.variableDefinitions;
    if (!definitions || definitions.length === 0) return affordable(prepared, NO_VARIABLES);
    const broken = brokenVariables(given);
    if (broken) return { errors: [broken] };
    const { coerced, errors } = getVariableValues(this.graph.schema, definitions, given, {
      maxErrors: MOST_VARIABLE_ERRORS,
    });
    if (coerced) return affordable(prepared, coerced);
    nameRefusedVariables(errors, this.graph.schema, definitions, given);
    return { errors: errors.map((error) => withCode(error, 'BAD_USER_INPUT')) };
  }

  /** Runs the seed's plan on top of the seed's data and gives the answer its form. */
  async run(
    prepared: PreparedOperation,
    variables: Record<string, unknown>,
    context: CallContext,
    seed: Seed,
  ): Promise<ExecutionResult<JsonObject>> {
    const run = this.planRun(variables, context, seed.data);
    if (seed.plan) await runPlan(run, seed.plan);
    return this.answer(prepared, run, seed.errors);
  }

  /**
   * Runs `plan` once on top of many payloads of the field `responseName`, and gives each its own answer: what one fetch
   * can bring for all of them is fetched once. A payload that is null stays null.
   */
  async runAll(
    prepared: PreparedOperation,
    variables: Record<string, unknown>,
    context: CallContext,
    plan: PlanNode | undefined,
    responseName: string,
    payloads: readonly { value: unknown; errors: readonly GraphQLError[] }[],
  ): Promise<ExecutionResult<JsonObject>[]> {
    const data = { [responseName]: payloads.map(({ value }) => value) };
    const run = this.planRun(variables, context, data);
    if (plan) await runPlan(run, plan);
    return payloads.map(({ value, errors }, index) =>
      this.answer(
        prepared,
        { ...run, data: { [responseName]: value }, errors: errorsOfItem(run.errors, index) },
        errors,
      ),
    );
  }

  private planRun(variables: Record<string, unknown>, context: CallContext, data: JsonObject): PlanRun {
    const { sources } = this;
    return { supergraph: this.graph.supergraph, sources, variables, context, data, errors: [] };
  }

  private answer(
    prepared: PreparedOperation,
    run: PlanRun,
    known: readonly GraphQLError[],
  ): ExecutionResult<JsonObject> {
    const introspect = introspector(this.graph.schema, prepared, run.variables);
    const { data, violations } = complete(prepared.shapeFor(run.variables), run.data, introspect);
    // a null that breaks a promise needs no words of its own where an error explains it already
    const explained = run.errors.length + known.length > 0;
    const failures = explained ? run.errors : violations;
    if (failures.length === 0 && !explained) {
      const answer = { data };
      noteUnfinished(answer, run.data);
      return answer;
    }
    return { errors: [...known, ...failures.map((error) => this.mask(error, run.context))], data };
  }

  private mask(error: unknown, context: CallContext): GraphQLError {
    const { message, path, extensions } = maskError(error, this.logger, context.requestId);
    return new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null });
  }
}

function affordable(prepared: PreparedOperation, values: Record<string, unknown>): Variables {
  const refused = brokenCost(prepared.cost, values);
  return refused ? { errors: [refused] } : { values };
}

const NOT_BY_POST = new GraphQLError(
  'Subscriptions travel over WebSocket (graphql-ws) at /graphql, or as server-sent events (graphql-sse) at /graphql/stream.',
  {
    extensions: { code: 'BAD_REQUEST' },
  },
);

// nothing was run: the request itself is wrong, which HTTP says with 400
const badRequest = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    extensions: { ...error.extensions, http: { status: 400 } },
  });

// the field is one object for the client: its place in the list of payloads is not part of the path
function errorsOfItem(errors: readonly GraphQLError[], index: number): GraphQLError[] {
  return errors.flatMap((error) => {
    const [field, place, ...rest] = error.path ?? [];
    if (typeof place !== 'number') return [error];
    if (place !== index || field === undefined) return [];
    return [new GraphQLError(error.message, { path: [field, ...rest], extensions: error.extensions })];
  });
}
