import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { KeyedCommand } from '@plaza/platform/database/idempotency';
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

/** A story that runs once for each idempotencyKey. */
export const keyedCommand = (
  { tenantId }: Viewer,
  story: string,
  input: { idempotencyKey?: string | null },
): KeyedCommand => ({ key: input.idempotencyKey, story, input, schema: 'tickets', tenantId });
