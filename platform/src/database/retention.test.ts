import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { testViewer } from '../testing/test-viewer.js';
import { forgetOld } from './retention.js';
import { sql } from './sql.js';

const viewer = testViewer();
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('only what is older than 48 hours is forgotten, of every tenant', async () => {
  const admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
  await admin.query(
    `insert into tickets.idempotency_key (tenant_id, key, input_hash, created_at) values
       ($1, 'old', 'x', now() - interval '49 hours'), ($1, 'new', 'x', now() - interval '47 hours'),
       (uuidv7(), 'old', 'x', now() - interval '49 hours')`,
    [viewer.tenantId],
  );
  const tickets = db.database('tickets');
  expect(await forgetOld(tickets, 'tickets.idempotency_key')).toBe(2);
  const kept = await tickets.read(viewer, (tx) => tx.rows(sql`select key from tickets.idempotency_key`));
  expect(kept).toEqual([{ key: 'new' }]);
  await admin.end();
});
