import type { Logger } from 'pino';
import type { Database } from './database.js';
import { sql } from './sql.js';

const HOUR = 3_600_000;
const NOBODY = { tenantId: null };

/**
 * The SQL that lets `role` forget what a table has kept for more than 48 hours, whoever's it is. Keys are promised to be
 * kept for 24. The table has a column created_at.
 */
export const forgettable = (table: string, role: string): string => `
  create index on ${table} (created_at);
  create policy out_of_date on ${table} for delete using (created_at < now() - interval '48 hours');
  grant delete on ${table} to ${role};
`;

/** Deletes what is out of date, of every tenant. Returns how many rows that were. */
export const forgetOld = (database: Database, table: string): Promise<number> =>
  // no condition: the policy alone says what may go, and a condition would need the right to read
  database.write(NOBODY, (tx) => tx.run(sql`delete from ${sql.raw(table)}`));

/** Forgets now and then once an hour, until the returned function is called. A failure is logged and tried again. */
export function forgetHourly(database: Database, table: string, logger: Logger): () => void {
  const forget = () => {
    forgetOld(database, table).catch((error: unknown) => logger.warn({ error, table }, 'Could not forget.'));
  };
  forget();
  const timer = setInterval(forget, HOUR);
  timer.unref();
  return () => clearInterval(timer);
}
