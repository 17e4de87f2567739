import type { Database } from '@plaza/platform/database/database';
import type { Viewer } from '@plaza/platform/viewer';
import type { TokenKeys } from '../credentials/tokens.js';

/** What every story of identity is told with. */
export interface IdentityContext extends TokenKeys {
  viewer: Viewer | null;
  database: Database;
}
