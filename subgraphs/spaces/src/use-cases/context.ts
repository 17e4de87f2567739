import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { Viewer } from '@plaza/platform/viewer';

/** What spaces' stories run on, whoever asks. */
export interface SpacesDeps {
  database: Database;
  clock: Clock;
}

/** One caller's story. */
export interface SpacesContext extends SpacesDeps {
  viewer: Viewer | null;
}
