import { z } from 'zod';
import { readSettings } from '../settings.js';

/** The variable by which jest's global setup tells its workers where the run's database server is. */
export const TEST_CLUSTER_VARIABLE = 'PLAZA_TEST_CLUSTER';

/** The superuser's url of the database server of this test run. */
export function testClusterUrl(): string {
  return readSettings(z.object({ [TEST_CLUSTER_VARIABLE]: z.url('run the tests with npm test') }))[
    TEST_CLUSTER_VARIABLE
  ];
}
