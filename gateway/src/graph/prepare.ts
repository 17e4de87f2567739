import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode, SubscriptionNode } from '@apollo/query-planner';
import type { Viewer } from '@plaza/platform/viewer';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  print,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { shapeOf, type ObjectShape } from '../execution/shape.js';
import { switchesOf, type Fragments } from '../execution/selections.js';
import { costOf, type Cost } from '../limits/cost.js';
import { brokenLimit } from '../limits/document-limits.js';
import { nameRefusedLiteral } from '../limits/refused-values.js';
import { brokenText } from '../limits/text.js';
import { permitFor, requirementsOf } from '../policy/permit.js';
import { isFulfilled, Requirements, type Requirement } from '../policy/requirements.js';
import type { Graph } from './graph.js';
import { singleRootFieldRule, withoutRootConditions } from './single-root-field.js';

/** What is run for a viewer: the plan without the fields that they may not see, and an error for each of those. */
export interface Permission {
  /** Undefined when there is nothing to fetch. */
  plan: PlanNode | SubscriptionNode | undefined;
  errors: readonly GraphQLError[];
}

const RULES = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? singleRootFieldRule : rule,
);
const MOST_VARIANTS = 64;
const MOST_VALIDATION_ERRORS = 10;

/** One operation, made ready once: every later request with the same document only looks things up. */
export class PreparedOperation {
  /** What the answer may hold, for any variables. */
  readonly cost: Cost;
  private readonly requirements: Requirement[];
  private readonly permissions = new Map<string, Permission>();
  private readonly switches: string[];
  private readonly shapes = new Map<string, ObjectShape>();
  private printed: string | undefined;

  constructor(
    private readonly graph: Graph,
    private readonly policy: Requirements,
    readonly operation: OperationDefinitionNode,
    readonly fragments: Fragments,
  ) {
    this.requirements = requirementsOf(graph.schema, policy, operation, fragments);
    this.switches = switchesOf(operation, fragments);
    this.cost = costOf(graph.schema, operation, fragments);
  }

  /** The operation written in the one normal way: equal for documents that differ in blanks and comments only. */
  get text(): string {
    return (this.printed ??= [this.operation, ...Object.values(this.fragments)].map(print).join('\n'));
  }

  /** The plan for `viewer`, the same one for all who may see the same. Throws a GraphQLError for what can't be planned. */
  permissionFor(viewer: Viewer | null): Permission {
    let key = viewer ? 'viewer' : 'anonymous';
    let everything = true;
    for (const requirement of this.requirements) {
      const fulfilled = isFulfilled(requirement, viewer);
      key += fulfilled ? '1' : '0';
      everything &&= fulfilled;
    }
    if (everything) key = 'everything';
    return remember(this.permissions, key, () => this.plan(viewer, everything));
  }

  /** The layout of the answer. `variables` are the coerced ones. */
  shapeFor(variables: Record<string, unknown>): ObjectShape {
    let key = '';
    for (const name of this.switches) key += variables[name] === true ? '1' : '0';
    return remember(this.shapes, key, () =>
      shapeOf(this.graph.schema, this.operation, this.fragments, variables),
    );
  }

  private plan(viewer: Viewer | null, everything: boolean): Permission {
    const { graph, fragments, operation } = this;
    const permitted = everything
      ? { operation, errors: [] }
      : permitFor(viewer, graph.schema, this.policy, operation, fragments);
    if (!permitted.operation) return { plan: undefined, errors: permitted.errors };
    const definitions = this.plannable(
      everything ? [operation, ...Object.values(fragments)] : [permitted.operation],
    );
    const query = operationFromDocument(
      graph.apiSchema,
      { kind: Kind.DOCUMENT, definitions },
      { validate: false },
    );
    return { plan: graph.planner.buildQueryPlan(query).node, errors: permitted.errors };
  }

  private plannable<Definition extends OperationDefinitionNode | FragmentDefinitionNode>(
    definitions: Definition[],
  ): Definition[] {
    if (this.operation.operation !== OperationTypeNode.SUBSCRIPTION) return definitions;
    const root = this.graph.schema.getSubscriptionType()?.name ?? '';
    return definitions.map((definition) => withoutRootConditions(definition, root));
  }
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (known.size >= MOST_VARIANTS) known.clear();
  known.set(key, made);
  return made;
}

/** Checks documents and keeps what was made of them for as long as somebody keeps the document. */
export class Operations {
  private readonly policy: Requirements;
  private readonly prepared = new WeakMap<DocumentNode, Map<string | null, PreparedOperation>>();

  constructor(private readonly graph: Graph) {
    this.policy = new Requirements(graph.supergraph);
  }

  /**
   * The operation `name` of a parsed document (the only one when no name is given), ready to run; or the errors that
   * keep it from running.
   */
  prepare(
    document: DocumentNode,
    name: string | null | undefined,
  ): PreparedOperation | readonly GraphQLError[] {
    const key = name ?? null;
    const known = this.prepared.get(document)?.get(key);
    if (known) return known;
    const refused = brokenLimit(document) ?? brokenText(document);
    if (refused) return [refused];
    const invalid = validate(this.graph.schema, document, RULES, {
      maxErrors: MOST_VALIDATION_ERRORS,
    });
    invalid.forEach((error) => nameRefusedLiteral(error, document));
    if (invalid.length > 0) return invalid.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    const operation = getOperationAST(document, name);
    if (!operation) {
      const what = name
        ? `There is no operation named "${name}".`
        : 'Name the operation to run: operationName.';
      return [new GraphQLError(what, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })];
    }
    const made = new PreparedOperation(this.graph, this.policy, operation, fragmentsOf(document));
    const ofDocument = this.prepared.get(document) ?? new Map<string | null, PreparedOperation>();
    ofDocument.set(key, made);
    this.prepared.set(document, ofDocument);
    return made;
  }
}

/** Gives an error of graphql-js the code that it lacks. */
export const withCode = (error: GraphQLError, code: string): GraphQLError => {
  error.extensions.code ??= code;
  return error;
};

function fragmentsOf(document: DocumentNode): Fragments {
  const fragments: Fragments = Object.create(null) as Fragments;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
