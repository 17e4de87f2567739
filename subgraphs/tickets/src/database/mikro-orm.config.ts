import type { Component } from '@plaza/platform/database/component';
import { Migration20261122090000_stays } from './migrations/20261122090000-stays.js';
import { Migration20261122090050_entry } from './migrations/20261122090050-entry.js';
import { Migration20261122090100_contract } from './migrations/20261122090100-contract.js';
import { Migration20261122140000_exits } from './migrations/20261122140000-exits.js';
import { Ticket } from './ticket.entity.js';
import { Customer, Vehicle } from './vehicle.entity.js';

/** What tickets brings to the database. */
export const component: Component = {
  name: 'tickets',
  entities: [Customer, Vehicle, Ticket],
  migrations: [
    Migration20261122090000_stays,
    Migration20261122090050_entry,
    Migration20261122090100_contract,
    Migration20261122140000_exits,
  ],
};
