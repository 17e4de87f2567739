import { sql } from '@plaza/platform/database/sql';
import { LIVE_STATUSES } from '../domain/ticket-status.js';

/** The live statuses as SQL constants: only so does a statement use the index of live stays. */
export const LIVE = sql.raw(LIVE_STATUSES.map((status) => `'${status}'`).join(', '));
