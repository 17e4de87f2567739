import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { KeyedCommand } from '@plaza/platform/database/idempotency';
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

/** A story that runs once for each idempotencyKey. */
export const keyedCommand = (
  { tenantId }: Viewer,
  story: string,
  input: { idempotencyKey?: string | null },
): KeyedCommand => ({ key: input.idempotencyKey, story, input, schema: 'spaces', tenantId });
