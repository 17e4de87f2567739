import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { EventFeed } from '@plaza/platform/events/feed';
import { Sequencer } from '@plaza/platform/events/sequencer';
import { silent, write, type Written } from '@plaza/platform/events/tests/log-fixture';
import { forbidden } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { createTestDatabase } from '@plaza/platform/testing/test-database';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { execute, GraphQLError, parse, type ExecutionResult } from 'graphql';
import { Executor } from '../../execution/executor.js';
import type { CallContext, SubgraphRequest, SubgraphSource } from '../../execution/subgraph-source.js';
import { loadGraph } from '../../graph/graph.js';
import { Operations } from '../../graph/prepare.js';
import { FederatedSubscriptions } from '../federated-subscriptions.js';
import { QueueOutlet } from './queue-outlet.js';

const HEAD = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.12"
      import: ["@key", "@external", "@requires", "@requiresScopes", "@composeDirective"]
    )
    @link(url: "https://plaza.dev/events/v1.0", import: ["@eventSource"])
    @composeDirective(name: "@eventSource")
  directive @eventSource(
    types: [String!]
    kind: String!
    location: String
    entity: String
    everySeconds: Int
    typesFrom: String
  ) on FIELD_DEFINITION
`;

const SPACES = /* GraphQL */ `
  ${HEAD}
  type Query {
    location(id: ID!): Location @requiresScopes(scopes: [["locations:read"]])
  }
  type Location @key(fields: "id") {
    id: ID!
    name: String!
    occupied: Int!
  }
  type LocationFigures @key(fields: "id") {
    id: ID!
    occupied: Int!
  }
  type Space @key(fields: "id") {
    id: ID!
    number: String!
  }
  type Subscription {
    occupancyChanged(locationId: ID!, throttleMs: Int): Location!
      @eventSource(
        types: ["space.occupied", "space.freed"]
        kind: "LIVE"
        location: "locationId"
        entity: "locationId"
      )
    clock(locationId: ID!): Location!
      @eventSource(types: ["space.occupied"], kind: "LIVE", entity: "locationId", everySeconds: 1)
    locationFigures(locationId: ID!): LocationFigures!
      @eventSource(types: ["space.occupied"], kind: "LIVE", location: "locationId", entity: "locationId")
  }
`;

const TICKETS = /* GraphQL */ `
  ${HEAD}
  type Query {
    ticket(id: ID!): Ticket
  }
  interface EventEnvelope {
    eventId: ID!
    type: String!
    occurredAt: String!
    cursor: String!
  }
  type TicketChanged implements EventEnvelope @key(fields: "eventId") {
    eventId: ID!
    type: String!
    occurredAt: String!
    cursor: String!
    ticket(shout: Boolean = false): Ticket!
  }
  type Ticket @key(fields: "id") {
    id: ID!
    code(shout: Boolean = false): String!
    secret: String @requiresScopes(scopes: [["audit:read"]])
    space: Space
  }
  type Space @key(fields: "id") {
    id: ID!
    number: String! @external
    label: String @requires(fields: "number")
  }
  type Location @key(fields: "id") {
    id: ID!
    open: Int!
  }
  type Subscription {
    ticketChanged(locationId: ID, after: String): TicketChanged!
      @requiresScopes(scopes: [["tickets:read"]])
      @eventSource(types: ["ticket.entered", "ticket.closed"], kind: "EVENT", location: "locationId")
    events(after: String, types: [String!]): EventBatch! @eventSource(kind: "BATCH", typesFrom: "types")
  }
  type EventBatch @key(fields: "cursor") {
    cursor: String!
    caughtUp: Boolean!
    events: [Event!]!
  }
  type Event {
    id: ID!
    type: String!
    position: Int!
    subjectId: ID!
  }
`;

/** What the fixture's two subgraphs know. */
interface Facts {
  /** The tenant of each location. */
  locations: Map<string, string>;
  occupied: number;
  /** Ticket ids whose payload is missing, or can't be made. */
  gone: Set<string>;
  broken: Set<string>;
  /** Space ids whose number can't be read. */
  noNumber: Set<string>;
  /** While true, no subgraph answers. */
  down: boolean;
}

type Reference = Record<string, string>;

function schemas(facts: Facts) {
  const visible = (id: string, { viewer }: CallContext) =>
    facts.locations.get(id) === viewer?.tenantId ? { id, name: 'Harbour', occupied: facts.occupied } : null;
  const spaces = {
    Query: {
      location: (_: unknown, { id }: Reference, context: CallContext) => visible(id as string, context),
    },
    Location: {
      __resolveReference: ({ id }: Reference, context: CallContext) => visible(id as string, context),
    },
    LocationFigures: {
      __resolveReference: ({ id }: Reference, context: CallContext) => visible(id as string, context),
    },
    Space: {
      __resolveReference: ({ id }: Reference) => ({ id }),
      number: ({ id }: Reference) => {
        if (facts.noNumber.has(id as string)) throw forbidden('spaces:read');
        return `A-${id}`;
      },
    },
  };
  const tickets = {
    TicketChanged: {
      __resolveReference: async (reference: Reference) => {
        const id = reference.subjectId as string;
        if (facts.broken.has(id)) await Promise.reject(new Error('select * from secret'));
        return facts.gone.has(id) ? null : { ...reference, ticket: { id } };
      },
    },
    EventBatch: { __resolveReference: (reference: Reference) => reference },
    Ticket: {
      __resolveReference: ({ id }: Reference) => ({ id }),
      code: ({ id }: Reference, { shout }: { shout: boolean }) => (shout ? `CODE ${id}` : `code ${id}`),
      secret: () => 'secret',
      space: ({ id }: Reference) => ({ id: `space of ${id}` }),
    },
    Space: {
      __resolveReference: (reference: Reference) => reference,
      label: ({ number }: Reference) => `label ${number}`,
    },
    Location: { __resolveReference: ({ id }: Reference) => ({ id, open: 7 }) },
  };
  return {
    spaces: buildSubgraphSchema([{ typeDefs: parse(SPACES), resolvers: spaces as never }]),
    tickets: buildSubgraphSchema([{ typeDefs: parse(TICKETS), resolvers: tickets as never }]),
  };
}

export function garageSupergraph(): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries({ spaces: SPACES, tickets: TICKETS }).map(([name, sdl]) => ({
      name,
      url: `http://${name}.test`,
      typeDefs: parse(sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

/** Two subgraphs, a real event log and the subscriptions between them. */
export async function openGarage() {
  const db = await createTestDatabase();
  const sequencer = new Sequencer({ url: db.url('sequencer'), logger: silent });
  const feed = new EventFeed({ database: db.database('gateway'), url: db.url('gateway'), logger: silent });
  await Promise.all([sequencer.start(), feed.start()]);
  const viewer = testViewer();
  const locationId = newId();
  const facts: Facts = {
    locations: new Map([[locationId, viewer.tenantId]]),
    occupied: 1,
    gone: new Set(),
    broken: new Set(),
    noNumber: new Set(),
    down: false,
  };
  const graph = loadGraph(garageSupergraph());
  const operations = new Operations(graph);
  const fetched: SubgraphRequest[] = [];
  const sources = Object.fromEntries(
    Object.entries(schemas(facts)).map(([name, schema]): [string, SubgraphSource] => [
      name,
      {
        async fetch(request, context) {
          fetched.push(request);
          if (facts.down) return { errors: [{ message: 'connect ECONNREFUSED' }] };
          const { query, variables } = request;
          return execute({
            schema,
            document: parse(query),
            variableValues: variables,
            contextValue: context,
          });
        },
        ready: () => Promise.resolve(true),
        close: () => Promise.resolve(),
      },
    ]),
  );
  const executor = new Executor(graph, operations, sources, silent);
  const { secrets } = db;
  const parts = { graph, operations, executor, sources, feed, secrets, logger: silent };
  const quotas = { ofViewer: 200, ofOrganization: 300 };
  const settings = { quotas, throttleMs: 100, patienceMs: 2_000, stalledMs: 3_000 };
  const subscriptions = new FederatedSubscriptions({ ...parts, ...settings });
  const tickets = db.database('tickets', { afterCommit: () => sequencer.wake() });

  return {
    ...parts,
    settings,
    subscriptions,
    fetched,
    viewer,
    locationId,
    facts,
    happens: (...events: Written[]) => write(tickets, viewer.tenantId, ...events),
    happensTo: (tenantId: string, ...events: Written[]) => write(tickets, tenantId, ...events),
    /** Begins a subscription; throws the first error that keeps it from beginning. */
    async subscribe(
      query: string,
      variables: Record<string, unknown> = {},
      by: Viewer | null = viewer,
      from = subscriptions,
    ) {
      const outlet = new QueueOutlet();
      const begun = await from.subscribe(
        { document: parse(query), variables },
        { viewer: by, requestId: 'r' },
        outlet,
      );
      if ('errors' in begun) throw begun.errors[0] as GraphQLError;
      outlet.stop = begun.stop;
      return outlet;
    },
    async close() {
      await feed.close();
      await sequencer.close();
      await db.drop();
    },
  };
}

export type Garage = Awaited<ReturnType<typeof openGarage>>;

/** The next frame, as a client would read it. */
export async function frameOf(stream: AsyncGenerator<ExecutionResult, void>) {
  const next = await stream.next();
  if (next.done) throw new Error('The stream has ended.');
  return JSON.parse(JSON.stringify(next.value)) as {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the operation selects
    data: any;
    errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
    extensions?: { cursor: string };
  };
}
