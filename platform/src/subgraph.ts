import type { GraphQLSchema } from 'graphql';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import type { Database } from './database/database.js';
import type { RequestContext } from './graphql/context.js';
import type { Secrets } from './secrets.js';
import type { Viewer } from './viewer.js';

/** What a subgraph is given; it opens nothing by itself. */
export interface SubgraphDeps {
  database: Database;
  /** The same login, for a LISTEN connection of the subgraph's own; without it, background work only polls. */
  databaseUrl?: string;
  clock: Clock;
  secrets: Secrets;
  logger: Logger;
}

/** A subgraph, wired: the same in one process with the gateway or alone behind HTTP. */
export interface Subgraph {
  name: string;
  schema: GraphQLSchema;
  sdl: string;
  context(viewer: Viewer | null, requestId: string): RequestContext;
  /** Tables of which what is out of date is forgotten once an hour, see database/retention. */
  forgettable?: readonly string[];
  /** Starts background work. */
  start?(): Promise<void>;
  /** Stops background work and waits for what is in hand. */
  close?(): Promise<void>;
  /** Plain HTTP routes beside GraphQL. */
  routes?(server: FastifyInstance): void;
}
