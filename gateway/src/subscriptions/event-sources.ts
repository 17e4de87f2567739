import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  valueFromASTUntyped,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** Where a subscription field's events come from, as its subgraph declares it with @eventSource. */
export interface EventSource {
  fieldName: string;
  /** EVENT: each event as a payload of its own. LIVE: the entity, first as it is and then its newest state. */
  kind: 'EVENT' | 'LIVE';
  /** The object type that the field yields; the subgraph resolves it by reference. */
  payloadType: string;
  types: string[];
  /** The argument that names the location; undefined: events of all that the viewer may see. */
  location: string | undefined;
  /** For LIVE: the argument that is the entity's id. */
  entity: string | undefined;
}

const DIRECTIVE = 'eventSource';

/** Reads the event source of every subscription field. Throws for a declaration that could not be followed. */
export function eventSourcesOf(supergraph: GraphQLSchema): Map<string, EventSource> {
  const fields = Object.values(supergraph.getSubscriptionType()?.getFields() ?? {});
  return new Map(fields.map((field) => [field.name, eventSourceOf(field)]));
}

function eventSourceOf(field: GraphQLField<unknown, unknown>): EventSource {
  const wrong = (reason: string) => new Error(`The subscription ${field.name} ${reason}.`);
  const directive = field.astNode?.directives?.find(({ name }) => name.value === DIRECTIVE);
  if (!directive) throw wrong(`has no @${DIRECTIVE}`);
  const given = Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  const type = getNamedType(field.type);
  const single = isNonNullType(field.type) ? !isListType(field.type.ofType) : !isListType(field.type);
  if (!isObjectType(type) || !single) throw wrong('yields something else than one object');
  if (given.kind !== 'EVENT' && given.kind !== 'LIVE') throw wrong('is neither of kind EVENT nor LIVE');
  const source: EventSource = {
    fieldName: field.name,
    kind: given.kind,
    payloadType: type.name,
    types: given.types as string[],
    location: given.location as string | undefined,
    entity: given.entity as string | undefined,
  };
  if (source.kind === 'LIVE' && source.entity === undefined)
    throw wrong('of kind LIVE names no entity argument');
  for (const argument of [source.location, source.entity]) {
    if (argument !== undefined && !field.args.some(({ name }) => name === argument)) {
      throw wrong(`has no argument ${argument}`);
    }
  }
  return source;
}
