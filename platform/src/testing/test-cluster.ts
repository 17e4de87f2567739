import pg from 'pg';
import { roleUrl } from '../database/roles.js';
import type { LoginRole } from '../database/component.js';
import { Secrets } from '../secrets.js';

/** The database that `createTestDatabase` clones: migrated once for a run, never written to by a test. */
export const TEMPLATE = 'plaza';

/** The deployment secret of every test: the roles of a test run's one server are made with it. */
export const TEST_SECRET = 'a secret that only tests know, 32 characters and more';
export const TEST_SECRETS = new Secrets(TEST_SECRET);

/** The url of a database on the run's server. */
export function databaseUrl(clusterUrl: string, name: string, role?: LoginRole): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return role === undefined ? url.href : roleUrl(url.href, TEST_SECRETS, role);
}

/** Runs one statement as the superuser in the maintenance database, where no test has a transaction. */
export async function administer(clusterUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(clusterUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
