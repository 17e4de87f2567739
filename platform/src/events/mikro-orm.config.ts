import type { Component } from '../database/component.js';
import { Migration20261122090000_first } from './migrations/20261122090000-first.js';
import { Migration20261122130000_oldest } from './migrations/20261122130000-oldest.js';

/** The event log's part of the database. Its rows are read through events.read, so it has no entities. */
export const component: Component = {
  name: 'events',
  entities: [],
  migrations: [Migration20261122090000_first, Migration20261122130000_oldest],
};
