import type { Component } from '@plaza/platform/database/component';
import { Migration20261122090000_stays } from './migrations/20261122090000-stays.js';
import { Migration20261122090050_entry } from './migrations/20261122090050-entry.js';
import { Migration20261122090100_contract } from './migrations/20261122090100-contract.js';
import { Migration20261122140000_exits } from './migrations/20261122140000-exits.js';
import { Migration20261122190000_occupancy } from './migrations/20261122190000-occupancy.js';
import { Migration20261122162500_past_stays } from './migrations/20261122162500-past-stays.js';
import { Migration20261122190100_earlier_stays } from './migrations/20261122190100-earlier-stays.js';
import { Migration20261122200000_money_held } from './migrations/20261122200000-money-held.js';
import { Migration20261122200100_lost_stays } from './migrations/20261122200100-lost-stays.js';
import { Migration20261122200200_entries_since } from './migrations/20261122200200-entries-since.js';
import { Migration20261122190300_plates_of_stays } from './migrations/20261122190300-plates-of-stays.js';
import { Migration20261122231300_reopened_stays } from './migrations/20261122231300-reopened-stays.js';
import { Migration20261122233000_money_received } from './migrations/20261122233000-money-received.js';
import { Migration20261122233200_stays_since } from './migrations/20261122233200-stays-since.js';
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
    Migration20261122162500_past_stays,
    Migration20261122190000_occupancy,
    Migration20261122190100_earlier_stays,
    Migration20261122190300_plates_of_stays,
    Migration20261122200000_money_held,
    Migration20261122200100_lost_stays,
    Migration20261122200200_entries_since,
    Migration20261122231300_reopened_stays,
    Migration20261122233000_money_received,
    Migration20261122233200_stays_since,
  ],
};
