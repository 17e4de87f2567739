import { randomBytes } from 'node:crypto';
import type { LoginRole } from '../database/component.js';
import { Database, type DatabaseOptions } from '../database/database.js';
import type { Secrets } from '../secrets.js';
import { testClusterUrl } from './config.js';
import { administer, databaseUrl, TEMPLATE, TEST_SECRETS } from './test-cluster.js';

/** A migrated database of a test file's own, on the one server of the test run. */
export interface TestDatabase {
  /** The superuser's url: sees everything, whatever the policies say. */
  adminUrl: string;
  /** The url of a component's login role. */
  url(role: LoginRole): string;
  /** The deployment secret that the roles' passwords are derived from. */
  secrets: Secrets;
  /** Opens a component's database; `drop` closes it. */
  database(role: LoginRole, options?: Partial<DatabaseOptions>): Database;
  /** Closes what was opened and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Clones the migrated template: in `beforeAll`, with `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = testClusterUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(cluster, `create database ${name} template ${TEMPLATE}`);
  const opened: Database[] = [];
  return {
    adminUrl: databaseUrl(cluster, name),
    url: (role) => databaseUrl(cluster, name, role),
    secrets: TEST_SECRETS,
    database(role, options = {}) {
      const database = new Database({
        url: databaseUrl(cluster, name, role),
        applicationName: `test ${role}`,
        ...options,
      });
      opened.push(database);
      return database;
    },
    async drop() {
      await Promise.all(opened.splice(0).map((database) => database.close()));
      await administer(cluster, `drop database ${name} with (force)`);
    },
  };
}
