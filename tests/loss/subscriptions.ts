import type { Found } from '../plaza/client.js';
import { TICKET_TYPES, WRITTEN } from './tenant.js';

/** What one frame of a subscription tells: the ids of its events, and the place behind them. */
interface Frame {
  ids: string[];
  cursor: string;
}

export interface Subscription {
  query: string;
  types: readonly string[];
  /** Whether it follows one location, also for those who may see all of them. */
  ofOneLocation: boolean;
  frameOf(data: Found, cursor: unknown): Frame;
}

export const TICKET_CHANGED: Subscription = {
  query: `subscription ($locationId: ID!, $after: String) {
    ticketChanged(locationId: $locationId, after: $after) { eventId ticket { id status } } }`,
  types: TICKET_TYPES,
  ofOneLocation: true,
  frameOf: ({ ticketChanged }, cursor) => ({
    ids: [ticketChanged.eventId as string],
    cursor: cursor as string,
  }),
};

export const EVENTS: Subscription = {
  query: `subscription ($types: [String!], $after: String) {
    events(types: $types, after: $after) { events { id } cursor } }`,
  types: WRITTEN,
  ofOneLocation: false,
  frameOf: ({ events }) => ({
    ids: (events.events as { id: string }[]).map(({ id }) => id),
    cursor: events.cursor as string,
  }),
};
