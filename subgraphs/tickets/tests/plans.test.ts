import { sql } from '@plaza/platform/database/sql';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import { testViewer } from '@plaza/platform/testing/test-viewer';

let db: TestDatabase;
beforeAll(async () => (db = await createTestDatabase()));
afterAll(() => db.drop());

// connections keep the plans that they made when a table was new, so they must be the right ones for a full table
test.each([
  ['ticket', sql`select code from tickets.ticket where id = ${'01a202d1-13bb-7523-850a-b0aba53d5ecc'}`],
  ['vehicle', sql`select plate from tickets.vehicle where id = ${'01a202d1-13bb-7523-850a-b0aba53d5ecc'}`],
])(
  'a %s is found by its id, not among all of the tenant, even by a plan of an empty table',
  async (_, find) => {
    const lines = await db
      .database('tickets')
      .read(testViewer(), (tx) =>
        tx.rows<{ 'QUERY PLAN': string }>(sql.join([sql`explain (costs off)`, find], ' ')),
      );
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Index Cond: .*\bid = '/);
  },
);
