import type { EntitySchema } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';

/** The parts of Plaza that own a schema, in the order in which their migrations run: what is called comes first. */
export const COMPONENT_NAMES = [
  'events',
  'identity',
  'spaces',
  'tickets',
  'payments',
  'partners',
  'gateway',
] as const;
export type ComponentName = (typeof COMPONENT_NAMES)[number];

/** The login roles: one for each subgraph, the gateway's and the sequencer's. */
export const LOGIN_ROLES = [
  'identity',
  'spaces',
  'tickets',
  'payments',
  'partners',
  'gateway',
  'sequencer',
] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

/** What a component brings to the database. */
export interface Component {
  name: ComponentName;
  /** The typed shape of its rows. */
  entities: EntitySchema[];
  /** Its migrations, oldest first; each class's name starts with its time. */
  migrations: (new (...args: ConstructorParameters<typeof Migration>) => Migration)[];
  /** A statement that its owner role runs after the migrations, each time. */
  atEachStart?: string;
}
