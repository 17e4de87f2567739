import type { Scope } from '../viewer.js';
import { DEFINITIONS } from './catalogue-definitions.js';
import type { JsonSchema } from './catalogue-schema.js';

export type EventTypeName = keyof typeof DEFINITIONS;

type Noun = EventTypeName extends infer Name
  ? Name extends `${infer First}.${string}`
    ? First
    : never
  : never;

/** Whoever may read the thing itself may read what happened to it. */
const READABLE_WITH: Record<Noun, Scope> = {
  location: 'locations:read',
  space: 'spaces:read',
  ticket: 'tickets:read',
  payment: 'payments:read',
  cash_shift: 'payments:read',
  merchant: 'payments:read',
  permit: 'customers:read',
  tariff: 'tariffs:read',
  api_key: 'partners:read',
  webhook: 'webhooks:read',
};

/** What a subscriber may know about a type of event before the first one arrives. */
export interface EventType {
  /** The owner's noun and what happened to it: "ticket.entered". */
  name: EventTypeName;
  /** Raised when a reader of the data has to change. */
  version: number;
  description: string;
  /** The scope that one needs, beside that of the way it is read, to be told such events. */
  readableWith: Scope;
  /** JSON Schema (2020-12) of the event's data. New fields may come: ignore those you don't know. */
  schema: JsonSchema;
  /** Data of an event of this type. */
  example: Record<string, unknown>;
}

/** Every type of event there is, with the contract of its data. */
export const EVENT_TYPES: readonly EventType[] = Object.entries(DEFINITIONS).map(([name, definition]) => ({
  name: name as EventTypeName,
  version: 1,
  readableWith: READABLE_WITH[name.split('.')[0] as Noun],
  ...definition,
}));

export const isEventType = (name: string): name is EventTypeName => Object.hasOwn(DEFINITIONS, name);
