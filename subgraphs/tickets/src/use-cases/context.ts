import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { Viewer } from '@plaza/platform/viewer';

/** What tickets' stories run on, whoever asks. */
export interface TicketsDeps {
  database: Database;
  clock: Clock;
}

/** One caller's story. */
export interface TicketsContext extends TicketsDeps {
  viewer: Viewer | null;
}
