import type { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type DocumentNode } from 'graphql';

type Resolvers = Extract<
  Parameters<typeof buildSubgraphSchema>[0],
  readonly unknown[]
>[number] extends infer Module
  ? Module extends { resolvers?: infer Map }
    ? Map
    : never
  : never;

/** Three small subgraphs with every shape that a plan can have, for the gateway's own tests. */
export const CAR_PARK: Record<string, { typeDefs: DocumentNode; resolvers: Resolvers }> = {
  spaces: {
    typeDefs: parse(/* GraphQL */ `
      extend schema
        @link(
          url: "https://specs.apollo.dev/federation/v2.9"
          import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy"]
        )
      type Query {
        location(id: ID!): Location @authenticated @requiresScopes(scopes: [["locations:read"]])
        locations(first: Int = 2): [Location!]! @requiresScopes(scopes: [["locations:read"]])
        places: [Place!]!
        things: [Thing!]!
        fails: String
        failsHard: String!
        closed: String @policy(policies: [["never"]])
        open: Location
      }
      interface Place {
        id: ID!
        name: String
      }
      union Thing = Location | Space
      type Location implements Place @key(fields: "id") {
        id: ID!
        name: String
        secret: String @requiresScopes(scopes: [["audit:read"], ["reports:read", "events:read"]])
        vault: String! @requiresScopes(scopes: [["audit:read"]])
        spaces(kind: Kind): [Space!]!
        parent: Location
      }
      type Space implements Place @key(fields: "id") {
        id: ID!
        name: String
        number: Int!
        kind: Kind!
        location: Location!
      }
      enum Kind {
        CAR
        TRUCK
      }
    `),
    resolvers: {
      Query: {
        location: (_: unknown, { id }: { id: string }) => location(id),
        locations: (_: unknown, { first }: { first: number }) =>
          ['1', '2', '3'].slice(0, first).map(location),
        places: () => [
          { ...location('1'), __typename: 'Location' },
          { ...space('11'), __typename: 'Space' },
        ],
        things: () => [
          { ...location('1'), __typename: 'Location' },
          { ...space('11'), __typename: 'Space' },
        ],
        fails: () => Promise.reject(new Error('select * from secret')),
        failsHard: () => Promise.reject(new Error('select * from secret')),
        closed: () => 'closed',
        open: () => location('1'),
      },
      Location: {
        __resolveReference: ({ id }: { id: string }) => location(id),
        spaces: ({ id }: { id: string }, { kind }: { kind?: string }) =>
          [space(`${id}1`), space(`${id}2`)].filter((one) => !kind || one.kind === kind),
        parent: ({ id }: { id: string }) => (id === '1' ? null : location('1')),
      },
      Space: {
        __resolveReference: ({ id }: { id: string }) => space(id),
        location: ({ id }: { id: string }) => location(id[0] ?? ''),
      },
    },
  },
  tickets: {
    typeDefs: parse(/* GraphQL */ `
      extend schema
        @link(
          url: "https://specs.apollo.dev/federation/v2.9"
          import: ["@key", "@shareable", "@authenticated", "@requiresScopes"]
        )
      type Query {
        tickets(status: Status, first: Int): [Ticket]!
          @authenticated
          @requiresScopes(scopes: [["tickets:read"]])
      }
      type Mutation {
        enter(input: EnterInput!): EnterResult! @authenticated @requiresScopes(scopes: [["tickets:write"]])
        leave(id: ID!): Ticket
      }
      input EnterInput {
        plate: String!
        locationId: ID!
        tags: [String!] = ["none"]
      }
      union EnterResult = Entered | Full
      type Entered {
        ticket: Ticket!
      }
      type Full {
        message: String!
        location: Location!
      }
      enum Status {
        OPEN
        CLOSED
      }
      type Ticket @key(fields: "id") {
        id: ID!
        code: String!
        status: Status!
        space: Space
        tags: [String!]
        history: [[Ticket]]
      }
      type Space @key(fields: "id", resolvable: false) {
        id: ID!
      }
      type Location @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `),
    resolvers: {
      Query: {
        tickets: (_: unknown, { first }: { first?: number }) =>
          [ticket('a'), null, ticket('b'), ticket('c')].slice(0, first ?? 9),
      },
      Mutation: {
        enter: (_: unknown, { input }: { input: { locationId: string; plate: string; tags: string[] } }) =>
          input.plate === 'FULL'
            ? { __typename: 'Full', message: 'No space.', location: { id: input.locationId } }
            : { __typename: 'Entered', ticket: { ...ticket('a'), tags: input.tags } },
        leave: (_: unknown, { id }: { id: string }) => ticket(id),
      },
      Ticket: {
        __resolveReference: ({ id }: { id: string }) => ticket(id),
        history: () => [[ticket('b'), null], null],
      },
    },
  },
  payments: {
    typeDefs: parse(/* GraphQL */ `
      extend schema
        @link(
          url: "https://specs.apollo.dev/federation/v2.9"
          import: ["@key", "@shareable", "@requires", "@external", "@requiresScopes"]
        )
      type Query {
        _unused: Boolean
      }
      type Ticket @key(fields: "id") {
        id: ID!
        code: String! @external
        due: Money!
        label: String @requires(fields: "code")
        payments: [Payment!]!
        broken: String!
      }
      type Location @key(fields: "id") {
        id: ID!
        revenue: Money @requiresScopes(scopes: [["reports:read"]])
      }
      type Money @shareable {
        amount: String!
        currencyCode: String!
      }
      type Payment {
        method: String!
        amount: Money!
      }
    `),
    resolvers: {
      Ticket: {
        __resolveReference: (reference: object) => reference,
        due: () => ({ amount: '2.50', currencyCode: 'EUR' }),
        label: ({ code }: { code: string }) => `label of ${code}`,
        payments: ({ id }: { id: string }) =>
          id === 'a' ? [{ method: 'CASH', amount: { amount: '1', currencyCode: 'EUR' } }] : [],
        broken: ({ id }: { id: string }) => (id === 'b' ? Promise.reject(new Error('password=1')) : 'fine'),
      },
      Location: {
        __resolveReference: (reference: object) => reference,
        revenue: ({ id }: { id: string }) => ({ amount: `${id}00`, currencyCode: 'EUR' }),
      },
    },
  },
};

const location = (id: string) => ({ id, name: `Location ${id}`, secret: 's', vault: 'v' });
const space = (id: string) => ({
  id,
  name: `Space ${id}`,
  number: Number(id),
  kind: id.endsWith('1') ? 'CAR' : 'TRUCK',
});
const ticket = (id: string) => ({
  id,
  code: `code-${id}`,
  status: id === 'c' ? 'CLOSED' : 'OPEN',
  space: id === 'c' ? null : { id: id === 'a' ? '11' : '12' },
});
