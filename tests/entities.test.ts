import { COMPONENTS } from '@plaza/gateway/embedded/components';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import pg from 'pg';

interface Column {
  schema: string;
  table: string;
  column: string;
  /** Null: a column of a view, which does not tell. */
  nullable: boolean | null;
}

let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

test('every property of every entity is a column of its table, and may be null exactly where the column may', async () => {
  const { rows } = await admin.query<Column>(
    `select table_schema "schema", table_name "table", column_name "column",
       case when table_type = 'BASE TABLE' then is_nullable = 'YES' end "nullable"
     from information_schema.columns join information_schema.tables using (table_schema, table_name)`,
  );
  const columns = new Map(rows.map((row) => [`${row.schema}.${row.table}.${row.column}`, row.nullable]));
  const described: [string, boolean][] = [];
  const migrated: [string, boolean | undefined][] = [];
  for (const { name: schema, entities } of COMPONENTS) {
    for (const { meta } of entities) {
      for (const [property, { nullable }] of Object.entries(meta.properties)) {
        const column = `${schema}.${meta.tableName}.${snakeCase(property)}`;
        const found = columns.get(column);
        described.push([column, nullable === true]);
        migrated.push([column, found === null ? nullable === true : found]);
      }
    }
  }
  expect(described.length).toBeGreaterThan(50);
  expect(migrated).toEqual(described);
});

test('every table of a tenant has forced row-level security', async () => {
  const { rows } = await admin.query<{ table: string }>(
    `select format('%s.%s', n.nspname, c.relname) "table" from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
  );
  expect(rows).toEqual([]);
});

test('no role of ours is a superuser or passes by row-level security', async () => {
  const { rows } = await admin.query<{ name: string; exempt: boolean }>(
    `select rolname "name", rolsuper or rolbypassrls or rolcreaterole or rolcreatedb "exempt" from pg_roles
     where rolname like 'plaza\\_%'`,
  );
  expect(rows.length).toBe(14);
  expect(rows.filter(({ exempt }) => exempt)).toEqual([]);
});

test('a login role can reach the tables of its own schema only', async () => {
  const { rows } = await admin.query<{ role: string; table: string }>(
    `select r.rolname "role", format('%s.%s', n.nspname, c.relname) "table" from pg_roles r, pg_class c
       join pg_namespace n on n.oid = c.relnamespace
     where r.rolname like 'plaza\\_%' and r.rolcanlogin and c.relkind in ('r', 'p', 'v')
       and n.nspname in ('events', 'identity', 'spaces', 'tickets', 'payments', 'partners', 'gateway')
       and has_schema_privilege(r.oid, n.oid, 'usage')
       and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete')
       and r.rolname <> 'plaza_' || n.nspname and (n.nspname <> 'events' or r.rolname <> 'plaza_sequencer')`,
  );
  expect(rows).toEqual([]);
});
