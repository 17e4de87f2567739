import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { Secrets } from '@plaza/platform/secrets';
import type { Viewer } from '@plaza/platform/viewer';
import type { AddressPolicy } from '../domain/webhook-address.js';

/** What a story of this subgraph runs with. */
export interface PartnersContext {
  viewer: Viewer | null;
  database: Database;
  clock: Clock;
  secrets: Secrets;
  addresses: AddressPolicy;
}
