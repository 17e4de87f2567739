import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLFieldMap,
  type GraphQLSchema,
} from 'graphql';

/** Where a subscription field's events come from, as its subgraph declares it with @eventSource. */
export interface EventSource {
  fieldName: string;
  /** EVENT: each event as a payload of its own. LIVE: the entity, first as it is and then its newest state. BATCH: events as they come, many in a payload. */
  kind: 'EVENT' | 'LIVE' | 'BATCH';
  /** The object type that the field yields; the subgraph resolves it by reference. */
  payloadType: string;
  /** The types that count; for BATCH, none means all that the viewer may read. */
  types: string[];
  /** The argument that names the location; undefined: events of all that the viewer may see. */
  location: string | undefined;
  /** For EVENT: the argument that, when it is given, must equal the field of the same name in the event's data. */
  matching: string | undefined;
  /** For `matching`: the query field that has, by its id, what the argument names. */
  lookUp: string | undefined;
  /** For LIVE: the argument that is the entity's id. */
  entity: string | undefined;
  /** For LIVE: the state is also told again after so many seconds. */
  everySeconds: number | undefined;
  /** For BATCH: the argument that narrows the types. */
  typesFrom: string | undefined;
}

const DIRECTIVE = 'eventSource';

/** Reads the event source of every subscription field. Throws for a declaration that could not be followed. */
export function eventSourcesOf(supergraph: GraphQLSchema): Map<string, EventSource> {
  const fields = Object.values(supergraph.getSubscriptionType()?.getFields() ?? {});
  const queries = supergraph.getQueryType()?.getFields() ?? {};
  return new Map(fields.map((field) => [field.name, eventSourceOf(field, queries)]));
}

function eventSourceOf(
  field: GraphQLField<unknown, unknown>,
  queries: GraphQLFieldMap<unknown, unknown>,
): EventSource {
  const wrong = (reason: string) => new Error(`The subscription ${field.name} ${reason}.`);
  const directive = field.astNode?.directives?.find(({ name }) => name.value === DIRECTIVE);
  if (!directive) throw wrong(`has no @${DIRECTIVE}`);
  const given = Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  const type = getNamedType(field.type);
  const single = isNonNullType(field.type) ? !isListType(field.type.ofType) : !isListType(field.type);
  if (!isObjectType(type) || !single) throw wrong('yields something else than one object');
  const { kind } = given;
  if (kind !== 'EVENT' && kind !== 'LIVE' && kind !== 'BATCH') throw wrong('is of no kind that there is');
  const types = (given.types ?? []) as string[];
  if (kind !== 'BATCH' && types.length === 0) throw wrong('names no types of events');
  const source: EventSource = {
    fieldName: field.name,
    kind,
    payloadType: type.name,
    types,
    location: given.location as string | undefined,
    matching: given.matching as string | undefined,
    lookUp: given.lookUp as string | undefined,
    entity: given.entity as string | undefined,
    everySeconds: given.everySeconds as number | undefined,
    typesFrom: given.typesFrom as string | undefined,
  };
  if (source.kind === 'LIVE' && source.entity === undefined)
    throw wrong('of kind LIVE names no entity argument');
  if (source.lookUp !== undefined && !queries[source.lookUp]?.args.some(({ name }) => name === 'id'))
    throw wrong(`looks up by ${source.lookUp}, which is no query by id`);
  for (const argument of [source.location, source.matching, source.entity, source.typesFrom]) {
    if (argument !== undefined && !field.args.some(({ name }) => name === argument)) {
      throw wrong(`has no argument ${argument}`);
    }
  }
  return source;
}
