import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import type { Secrets } from '../secrets.js';
import { SettingsError } from '../settings.js';
import type { Component } from './component.js';
import { checkRolePasswords, prepareServer } from './roles.js';

/** Any number; every process that migrates waits for the same one. */
const MIGRATION_LOCK = 7_529_220_001;
const OLDEST_SERVER = 180_000;

/**
 * Brings the database up to date: roles, schemas, then each component's pending migrations, run as that component's owner
 * role, and what it wants done at each start. Several processes may call it at once; all but one wait. Returns the names of the migrations that it ran.
 */
export async function migrate(
  adminUrl: string,
  secrets: Secrets,
  components: Component[],
): Promise<string[]> {
  const admin = await connect(adminUrl);
  const ran: string[] = [];
  try {
    await admin.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await prepareServer(admin, secrets);
    for (const component of components) {
      ran.push(...(await runMigrations(adminUrl, component)));
      if (!component.atEachStart) continue;
      await admin.query(`set role plaza_${component.name}_owner`);
      await admin.query(component.atEachStart);
      await admin.query('reset role');
    }
    await checkRolePasswords(adminUrl, secrets);
  } finally {
    await admin.end();
  }
  return ran;
}

async function connect(adminUrl: string): Promise<pg.Client> {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: adminUrl, application_name: 'plaza migrate' });
    await client.connect();
  } catch (error) {
    const reason = (error instanceof AggregateError ? error.errors[0] : error) as Error;
    throw new SettingsError(`The setting DATABASE_URL is wrong: ${reason.message}.`);
  }
  const { rows } = await client.query<{ version: string }>(
    `select current_setting('server_version_num') version`,
  );
  if (Number(rows[0]?.version) < OLDEST_SERVER) {
    await client.end();
    throw new SettingsError('The setting DATABASE_URL is wrong: Plaza needs PostgreSQL 18 or newer.');
  }
  return client;
}

async function runMigrations(adminUrl: string, component: Component): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: adminUrl,
    // passed to pg itself: MikroORM ignores it in the url, and everything would belong to the superuser, whom no
    // row-level security binds
    driverOptions: { options: `-c role=plaza_${component.name}_owner` },
    entities: component.entities,
    schema: component.name,
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    pool: { max: 1 },
    migrations: {
      tableName: 'migration',
      migrationsList: component.migrations,
      snapshot: false,
      silent: true,
    },
  });
  try {
    const done = await orm.migrator.up({ schema: component.name });
    return done.map(({ name }) => `${component.name}: ${name}`);
  } finally {
    await orm.close();
  }
}
