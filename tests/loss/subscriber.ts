import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Found } from '../plaza/client.js';
import { type Tenant, TICKET_TYPES, WRITTEN } from './tenant.js';
import type { Reader } from './verdict.js';

/** What one frame of a subscription tells: the ids of its events, and the place behind them. */
interface Frame {
  ids: string[];
  cursor: string;
}

export interface Subscription {
  query: string;
  types: readonly string[];
  frameOf(data: Found, cursor: unknown): Frame;
}

export const TICKET_CHANGED: Subscription = {
  query: `subscription ($locationId: ID!, $after: String) {
    ticketChanged(locationId: $locationId, after: $after) { eventId ticket { id status } } }`,
  types: TICKET_TYPES,
  frameOf: ({ ticketChanged }, cursor) => ({
    ids: [ticketChanged.eventId as string],
    cursor: cursor as string,
  }),
};
export const EVENTS: Subscription = {
  query: `subscription ($types: [String!], $after: String) {
    events(types: $types, after: $after) { events { id } cursor } }`,
  types: WRITTEN,
  frameOf: ({ events }) => ({
    ids: (events.events as { id: string }[]).map(({ id }) => id),
    cursor: events.cursor as string,
  }),
};

const RETRY_MS = 30;

/** A stock graphql-ws client that follows a subscription and resumes as docs/frontends.md tells. */
export class Subscriber implements Reader {
  readonly exit = 'subscription';
  readonly connections: string[][] = [];
  readonly types: readonly string[];
  readonly tenantId: string;
  disconnects = 0;
  /** Frames so far. */
  frames = 0;
  /** What no subscription should tell. The events of a frame without data count as not told. */
  readonly complaints: string[] = [];
  /** Why a subscription ended last. */
  refusal: unknown;
  private readonly client: Client;
  private readonly variables: { after: string | null; [name: string]: unknown };
  private socket: WebSocket | undefined;
  private attempt: number;
  private closed = false;

  /** `first` says which of the addresses it begins with; the next attempt is at the next one. */
  constructor(
    readonly name: string,
    private readonly subscription: Subscription,
    tenant: Tenant,
    urls: readonly string[],
    first: number,
  ) {
    const { types } = subscription;
    this.types = types;
    this.tenantId = tenant.id;
    this.attempt = first;
    this.variables = { locationId: tenant.locationId, types, after: null };
    this.client = createClient({
      url: () => `${urls[this.attempt++ % urls.length]?.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${tenant.token}` },
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: () => sleep(RETRY_MS * (0.5 + Math.random())),
      on: {
        opened: (socket) => (this.socket = socket as WebSocket),
        connected: () => this.connections.push([]),
      },
    });
    this.follow();
  }

  /** Whether it has a cursor: from here on nothing may be lost. */
  get resumable(): boolean {
    return this.variables.after !== null;
  }

  /** Cuts its connection, as a network does. */
  disconnect(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.disconnects += 1;
    this.socket.terminate();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client.dispose();
  }

  private follow(): void {
    const { query, frameOf } = this.subscription;
    this.client.subscribe<Found>(
      { query, variables: this.variables },
      {
        next: ({ data, errors, extensions }) => {
          if (!data) {
            this.complaints.push(JSON.stringify(errors));
            return;
          }
          const { ids, cursor } = frameOf(data, (extensions as Found | undefined)?.cursor);
          // the client sends these variables again when it comes back
          this.variables.after = cursor;
          this.connections.at(-1)?.push(...ids);
          this.frames += 1;
        },
        // a server that could not ask its database: subscribe again after a while, as the documentation says
        error: (reason) => {
          this.refusal = reason;
          void sleep(RETRY_MS).then(() => this.closed || this.follow());
        },
        complete: () => this.closed || this.complaints.push('the server completed it'),
      },
    );
  }
}
