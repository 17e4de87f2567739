import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { type GraphQLSchema, parse, specifiedDirectives } from 'graphql';
import { buildSchema, type ClassType, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { RequestContext } from './context.js';
import { DateTime } from './scalars.js';

/** Resolves an entity from its key. Runs once for each representation: always go through a loader. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each entity has a reference of its own shape
export type ReferenceResolver = (reference: any, context: RequestContext) => unknown;

export interface SubgraphParts {
  /** Instances of the resolver classes, with whatever they need already given to them. */
  resolvers: object[];
  /** Types that no field reaches: entities, and the members of interfaces. */
  orphanedTypes?: ClassType[];
  /** How each entity is found by its key. */
  references: Record<string, ReferenceResolver>;
}

const HEAD = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@shareable", "@external", "@requires",
      "@provides", "@tag", "@inaccessible", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize",
      "@composeDirective"])
    @link(url: "https://plaza.dev/events/v1.0", import: ["@eventSource"])
    @composeDirective(name: "@eventSource")

  "Where the gateway finds the events of a subscription field, and what it makes of them."
  directive @eventSource(
    "The types of the events that make the field yield. For BATCH, none means all that the viewer may read."
    types: [String!]
    "EVENT: every event, as a payload that carries its envelope. LIVE: the entity, first as it is and then its newest state. BATCH: every event, as many in one payload as there are."
    kind: String!
    "The argument that names the location; only its events count."
    location: String
    "For EVENT: the argument that, when it is given, must equal the field of the same name in the event's data."
    matching: String
    "For matching: the query field that has, by its id, what the argument names; without one there, nobody can follow it."
    lookUp: String
    "For LIVE: the argument that is the entity's id."
    entity: String
    "For LIVE: the state is also told again after so many seconds, for what changes by time alone."
    everySeconds: Int
    "For BATCH: the argument that narrows the types."
    typesFrom: String
  ) on FIELD_DEFINITION
`;

// type-graphql refuses subscriptions without one; ours run in the gateway
const NO_PUB_SUB = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('Subscriptions are executed by the gateway.');
  },
};

// type-graphql gives its root types no description
const ROOTS: Record<string, string> = {
  Query: 'What can be asked. Nothing here changes anything.',
  Mutation:
    'What can be done. Each command takes one input and answers with a union of its success and its problems.',
  Subscription:
    'What can be watched, over graphql-ws at /graphql or as server-sent events at /graphql/stream: the newest state of something, or every event since a cursor.',
};

const describeRoots = (sdl: string): string =>
  sdl.replace(
    /^type (Query|Mutation|Subscription) /gm,
    (start, root: string) => `"${ROOTS[root]}"\n${start}`,
  );

/** Makes the executable schema of a subgraph and the SDL that is composed into the supergraph. Touches no database. */
export async function buildSubgraph(parts: SubgraphParts): Promise<{ schema: GraphQLSchema; sdl: string }> {
  const instances = new Map(parts.resolvers.map((resolver) => [resolver.constructor, resolver]));
  const plain = await buildSchema({
    resolvers: [...instances.keys()] as unknown as NonEmptyArray<ClassType>,
    orphanedTypes: parts.orphanedTypes ?? [],
    container: { get: (resolver) => instances.get(resolver) },
    directives: [...specifiedDirectives],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    pubSub: NO_PUB_SUB,
    validate: false,
    skipCheck: true,
  });
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [entity, resolve] of Object.entries(parts.references)) {
    resolvers[entity] = { ...resolvers[entity], __resolveReference: resolve };
  }
  const sdl = HEAD + describeRoots(printSchemaWithDirectives(plain));
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  return { schema, sdl };
}
