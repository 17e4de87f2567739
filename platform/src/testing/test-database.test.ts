import pg from 'pg';
import { createTestDatabase } from './test-database.js';
import { testViewer } from './test-viewer.js';

test('two test databases know nothing of each other, and each role reaches its own', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const admin = new pg.Client({ connectionString: one.adminUrl });
  await admin.connect();
  await admin.query('create table public.only_here (n int)');
  await admin.end();
  const seen = await Promise.all(
    [one, other].map(async (database) => {
      const client = new pg.Client({ connectionString: database.url('tickets') });
      await client.connect();
      const { rows } = await client.query<{ role: string; here: boolean }>(
        `select current_user as role, to_regclass('public.only_here') is not null as here`,
      );
      await client.end();
      return rows[0];
    }),
  );
  expect(seen).toEqual([
    { role: 'plaza_tickets', here: true },
    { role: 'plaza_tickets', here: false },
  ]);
  await Promise.all([one.drop(), other.drop()]);
  await expect(new pg.Client({ connectionString: one.adminUrl }).connect()).rejects.toThrow('does not exist');
});

test('a dropped test database has closed the connections that it opened', async () => {
  const database = await createTestDatabase();
  const spaces = database.database('spaces');
  const { sql } = await import('../database/sql.js');
  expect(await spaces.read(testViewer(), (tx) => tx.one(sql`select current_user as "who"`))).toEqual({
    who: 'plaza_spaces',
  });
  await database.drop();
  await expect(spaces.read(testViewer(), (tx) => tx.one(sql`select 1`))).rejects.toThrow();
});
