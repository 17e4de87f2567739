import { Database } from '@plaza/platform/database/database';
import { roleUrl } from '@plaza/platform/database/roles';
import { Doorbell } from '@plaza/platform/events/doorbell';
import { EventFeed } from '@plaza/platform/events/feed';
import { Sequencer } from '@plaza/platform/events/sequencer';
import type { Secrets } from '@plaza/platform/secrets';
import type { Logger } from '@plaza/platform/server/logger';
import type { Opened } from '@plaza/platform/server/opened';

/** This process's part in the event log, and the gateway's own way to the database. */
export interface EventLog {
  /** As the role plaza_gateway. */
  database: Database;
  /** The connection string of the same role. */
  url: string;
  sequencer: Sequencer;
  doorbell: Doorbell;
  feed: EventFeed;
}

/**
 * Starts numbering (when elected), ringing and following. `databaseUrl` is any login of the database; months of events
 * that ended more than `retentionDays` ago are removed.
 */
export async function startEventLog(
  databaseUrl: string,
  secrets: Secrets,
  logger: Logger,
  opened: Opened,
  retentionDays: number,
): Promise<EventLog> {
  const url = roleUrl(databaseUrl, secrets, 'gateway');
  const database = new Database({ url, applicationName: 'plaza gateway' });
  opened.add(() => database.close());
  const sequencer = new Sequencer({ url: roleUrl(databaseUrl, secrets, 'sequencer'), retentionDays, logger });
  await sequencer.start();
  opened.add(() => sequencer.close());
  const doorbell = new Doorbell({ url, sequencer, logger });
  await doorbell.start();
  opened.add(() => doorbell.close());
  const feed = new EventFeed({ database, url, logger });
  await feed.start();
  opened.add(() => feed.close());
  return { database, url, sequencer, doorbell, feed };
}
