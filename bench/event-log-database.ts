import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@plaza/platform/database/embedded';
import { migrate } from '@plaza/platform/database/migrate';
import { roleUrl } from '@plaza/platform/database/roles';
import { component } from '@plaza/platform/events/mikro-orm.config';
import { Secrets } from '@plaza/platform/secrets';
import pg from 'pg';

/** Databases with an event log of their own on one throw-away server that is as durable as in production. */
export interface EventLogDatabases {
  /** The connection string of a role, for a contender's database. */
  url(database: string, role: 'tickets' | 'gateway' | 'sequencer'): string;
  stop(): Promise<void>;
}

/** The row that a client updates; each client has its own, so that they wait for nothing but the commit. */
const COUNTERS = 64;

// One call is one transaction: a small update, and what `says` adds to it.
const changeOf = (says: string): string => `
  create schema bench;
  grant usage on schema bench to plaza_tickets;
  create table bench.counter (id integer primary key, value bigint not null) with (fillfactor = 50);
  grant select, update on bench.counter to plaza_tickets;
  insert into bench.counter select id, 0 from generate_series(1, ${COUNTERS}) id;
  create function bench.change(counter integer) returns bigint language plpgsql as $$
  declare changed bigint;
  begin
    update bench.counter set value = value + 1 where id = change.counter returning value into changed;
    ${says}
    return changed;
  end $$;`;

const EVENT = `perform events.append('ticket.entered', 'Ticket', uuidv7(), uuidv7(), clock_timestamp(),
  jsonb_build_object('code', 'K7Q2-9XWM', 'plate', 'B-PL 1234', 'status', 'OPEN', 'vehicleKind', 'CAR'));`;
const NOTIFICATION = `perform pg_notify('plaza_events', plaza.tenant_id() || ':' || changed);`;

/** What a transaction does besides its small update. */
export const CHANGES = {
  update: '',
  event: EVENT,
  'event and notification': EVENT + NOTIFICATION,
};

/** Starts Postgres with a database of each name, in which `bench.change` does what the name's change says. */
export async function startEventLogDatabases(
  changes: Record<string, keyof typeof CHANGES>,
): Promise<EventLogDatabases> {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-bench-'));
  const postgres = await startEmbeddedPostgres({ folder });
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true });
  };
  const urlOf = (database: string) => Object.assign(new URL(postgres.url), { pathname: database }).toString();
  try {
    const secrets = new Secrets(randomBytes(32).toString('hex'));
    await migrate(postgres.url, secrets, [component]);
    for (const [database, change] of Object.entries(changes)) {
      await run(urlOf('postgres'), `create database ${database} template plaza`);
      await run(urlOf(database), changeOf(CHANGES[change]));
    }
    return { url: (database, role) => roleUrl(urlOf(database), secrets, role), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
