import 'reflect-metadata';
import { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { StartError } from '@plaza/platform/server/start';
import { onDatabase, withOptions } from './on-database.js';

const HELP = `Makes every cursor of the event log that was given out before a restore expire. A restored backup is an older
history: its positions are given out again, to other events, and a cursor of the lost history would skip some of them.

  npm run log:restored              begin a new epoch in the database that DATABASE_URL names (as its administrator), or
                                    in the embedded one in PLAZA_DATA_DIR
  npm run log:restored -- --help    this text

Run it after restoring a backup and before starting Plaza: a process keeps the epoch that it began with, so while a
Plaza runs on the database this refuses. Readers are then told CURSOR_EXPIRED, with the oldest cursor that works.
`;

const IN_USE = '55006';
/** No such role, schema or function: what this needs has not been made yet. */
const NOT_MADE = ['22023', '3F000', '42883'];

/** As the owner of the log, who alone may: the administrator can become that role. */
const asOwner = (url: string): string => withOptions(url, '-c role=plaza_events_owner');

async function beginEpoch(url: string): Promise<number> {
  const database = new Database({ url: asOwner(url), max: 1, applicationName: 'plaza log:restored' });
  try {
    const { epoch } = await database.write({ tenantId: null }, (tx) =>
      tx.one<{ epoch: number }>(sql`select events.begin_epoch() as epoch`),
    );
    return epoch;
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string };
    if (code === IN_USE) throw new StartError(message);
    if (!NOT_MADE.includes(code)) throw error;
    throw new StartError(
      'The database is from before this command, or not one of Plaza: bring it up to date (npm run migrate, or one start of Plaza that no client reaches), then run this again.',
    );
  } finally {
    await database.close();
  }
}

await onDatabase(HELP, async (url) => {
  const epoch = await beginEpoch(url);
  console.log(`Epoch ${epoch} of the event log has begun: every cursor given out before is CURSOR_EXPIRED.`);
});
