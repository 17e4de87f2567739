import type { Clock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import type { Viewer } from '@plaza/platform/viewer';
import type { Logger } from 'pino';
import type { PaymentProvider } from '../providers/provider.js';

/** What payments' stories run on, whoever asks. */
export interface PaymentsDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  providers: readonly PaymentProvider[];
}

/** One caller's story. */
export interface PaymentsContext extends PaymentsDeps {
  viewer: Viewer | null;
}
