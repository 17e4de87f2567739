import type { Component } from '../database/component.js';
import { Migration20261122090000_first } from './migrations/20261122090000-first.js';
import { Migration20261122130000_oldest } from './migrations/20261122130000-oldest.js';
import { Migration20261122140000_append_only } from './migrations/20261122140000-append-only.js';
import { Migration20261122140001_placing } from './migrations/20261122140001-placing.js';
import { Migration20261122140002_retention } from './migrations/20261122140002-retention.js';
import { Migration20261122150000_holes_first } from './migrations/20261122150000-holes-first.js';
import { Migration20261122234000_rounds } from './migrations/20261122234000-rounds.js';
import { Migration20261122234001_rounds_placing } from './migrations/20261122234001-rounds-placing.js';
import { Migration20261122235000_restored } from './migrations/20261122235000-restored.js';

/** The event log's part of the database. Its rows are read through events.read, so it has no entities. */
export const component: Component = {
  name: 'events',
  entities: [],
  migrations: [
    Migration20261122090000_first,
    Migration20261122130000_oldest,
    Migration20261122140000_append_only,
    Migration20261122140001_placing,
    Migration20261122140002_retention,
    Migration20261122150000_holes_first,
    Migration20261122234000_rounds,
    Migration20261122234001_rounds_placing,
    Migration20261122235000_restored,
  ],
  // a database that slept for months has none for today
  atEachStart: 'select events.make_months()',
};
