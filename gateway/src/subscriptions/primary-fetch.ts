import type { FetchNode } from '@apollo/query-planner';
import {
  getArgumentValues,
  getOperationAST,
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql';

/** What the plan asks of the subgraph that owns the subscription field, made ready to be asked for each event. */
export class PrimaryFetch {
  readonly subgraph: string;
  readonly fieldName: string;
  /** The name of the field in the answer. */
  readonly responseName: string;
  readonly outputRewrites: FetchNode['outputRewrites'];
  private readonly field: FieldNode;
  private readonly fragments: ASTNode[];
  private readonly operation: NonNullable<ReturnType<typeof getOperationAST>>;
  private readonly queries = new Map<string, { query: string; variables: string[] }>();

  constructor(node: FetchNode) {
    const document = parse(node.operation, { noLocation: true });
    const operation = getOperationAST(document);
    const field = operation?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
    if (!operation || field?.kind !== Kind.FIELD)
      throw new Error('The plan of a subscription begins with no field.');
    this.operation = operation;
    this.field = field;
    this.fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    this.subgraph = node.serviceName;
    this.fieldName = field.name.value;
    this.responseName = field.alias?.value ?? field.name.value;
    this.outputRewrites = node.outputRewrites;
  }

  /** The field's arguments, with their defaults. `variables` are the coerced ones. */
  argumentsOf(schema: GraphQLSchema, variables: Record<string, unknown>): Record<string, unknown> {
    const definition = schema.getSubscriptionType()?.getFields()[this.fieldName];
    if (!definition) throw new Error(`The graph has no subscription ${this.fieldName}.`);
    return getArgumentValues(definition, this.field, variables);
  }

  /** The same selection as a query for entities of `typeName`, and the variables that it needs. */
  entities(typeName: string, variables: Record<string, unknown>, representations: unknown[]) {
    const known = this.queries.get(typeName) ?? this.entityQuery(typeName);
    this.queries.set(typeName, known);
    const used = known.variables.filter((name) => variables[name] !== undefined);
    return {
      query: known.query,
      operationName: undefined,
      variables: { ...Object.fromEntries(used.map((name) => [name, variables[name]])), representations },
    };
  }

  private entityQuery(typeName: string): { query: string; variables: string[] } {
    const { selectionSet } = this.field;
    if (!selectionSet) throw new Error(`The subscription ${this.fieldName} selects nothing.`);
    const used = new Set<string>();
    for (const node of [selectionSet, ...this.fragments])
      visit(node, { Variable: ({ name }) => void used.add(name.value) });
    const definitions = (this.operation.variableDefinitions ?? []).filter(({ variable }) =>
      used.has(variable.name.value),
    );
    const head = ['$representations: [_Any!]!', ...definitions.map(print)].join(', ');
    const fragments = this.fragments.map(print).join('\n');
    return {
      query: `query (${head}) { _entities(representations: $representations) { ... on ${typeName} ${print(selectionSet)} } } ${fragments}`,
      variables: [...used],
    };
  }
}
