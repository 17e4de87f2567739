import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import pg from 'pg';

export interface MonthsOptions {
  /** The connection string of the role plaza_sequencer. */
  url: string;
  /** Months that ended longer ago than so many days are removed. */
  retentionDays: number;
  logger: Logger;
}

const LOCK_NOT_AVAILABLE = '55P03';
const ATTEMPTS = 20;
const APART_MS = 500;
const POSITIONS_AT_ONCE = 10_000;

/**
 * Makes the months of the log that are to come and removes those that are too old. A connection of its own: numbering
 * does not wait while a month is looked through. Twice at once does no harm. Rejects when the database can't be asked.
 */
export async function keepMonths({ url, retentionDays, logger }: MonthsOptions): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'plaza months',
    options: '-c statement_timeout=10min',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select events.make_months()');
    while (await removeOldest(client, retentionDays, logger));
    const forget = { text: 'select events.forget_positions($1) as count', values: [POSITIONS_AT_ONCE] };
    while (Number((await client.query<{ count: string }>(forget)).rows[0]?.count) > 0);
  } finally {
    await client.end();
  }
}

/** Removes the oldest month if it is out of date; resolves to whether there may be another one. */
async function removeOldest(client: pg.Client, retentionDays: number, logger: Logger): Promise<boolean> {
  const { rows } = await client.query<{ partition: string; newest: string | null }>(
    'select * from events.expire_month($1)',
    [retentionDays],
  );
  const [expired] = rows;
  if (!expired) return false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const values = [expired.partition, expired.newest];
      const { rows: removed } = await client.query<{ done: boolean }>(
        'select events.remove_month($1, $2) as done',
        values,
      );
      if (removed[0]?.done) logger.info(expired, 'a month of events was removed');
      return removed[0]?.done ?? false;
    } catch (error) {
      if ((error as pg.DatabaseError).code !== LOCK_NOT_AVAILABLE || attempt === ATTEMPTS) throw error;
    }
    await sleep(APART_MS);
  }
}
