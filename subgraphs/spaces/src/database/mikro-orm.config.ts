import type { Component } from '@plaza/platform/database/component';
import { Claim, Vacancy } from './claim.entity.js';
import { Location } from './location.entity.js';
import { Migration20261122090000_inventory } from './migrations/20261122090000-inventory.js';
import { Migration20261122090100_claims } from './migrations/20261122090100-claims.js';
import { Migration20261122090200_contract } from './migrations/20261122090200-contract.js';
import { Migration20261122150000_locations_for_partners } from './migrations/20261122150000-locations-for-partners.js';
import { Migration20261122190000_utilization } from './migrations/20261122190000-utilization.js';
import { Space, Zone } from './space.entity.js';

/** What spaces brings to the database. */
export const component: Component = {
  name: 'spaces',
  entities: [Location, Zone, Space, Claim, Vacancy],
  migrations: [
    Migration20261122090000_inventory,
    Migration20261122090100_claims,
    Migration20261122090200_contract,
    Migration20261122150000_locations_for_partners,
    Migration20261122190000_utilization,
  ],
};
