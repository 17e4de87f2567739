import type pg from 'pg';
import { LOGIN_ROLES } from '../../database/component.js';
import { newId } from '../../ids.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { connect, write } from './log-fixture.js';

const WRITERS = ['identity', 'spaces', 'tickets', 'payments', 'partners'] as const;
const tenantId = newId();
const append = `select events.append('ticket.entered', 'Ticket', uuidv7(), null, now())`;

let db: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await connect(db.adminUrl);
  await write(db.database('tickets'), tenantId, {}, {});
  await admin.query('select * from events.sequence(0, 1)');
});
afterAll(async () => {
  await admin.end();
  await db.drop();
});

/** Runs a statement as a role in the tenant's name and rolls it back; resolves to the rows it touched. */
async function as(role: string, statement: string, tenant = tenantId): Promise<number | null> {
  await admin.query('begin');
  try {
    await admin.query(`select set_config('plaza.tenant', $1, true)`, [tenant]);
    await admin.query(`set local role ${role}`);
    return (await admin.query(statement)).rowCount;
  } finally {
    await admin.query('rollback');
  }
}

const writers = WRITERS.flatMap((name) => [`plaza_${name}`, `plaza_${name}_owner`]);

describe.each(writers)('the writer %s', (role) => {
  test('appends in the name of its transaction’s tenant', async () => {
    expect(await as(role, append)).toBe(1);
  });

  test('cannot append for another tenant or for none', async () => {
    const insert = `insert into events.event (tenant_id, type, subject_type, subject_id, occurred_at) values
      ('${newId()}', 'ticket.entered', 'Ticket', uuidv7(), now())`;
    await expect(as(role, insert)).rejects.toThrow('permission denied');
    await expect(as(role, append, '')).rejects.toThrow('row-level security');
  });

  test('cannot read, change or delete what is written, nor give out positions', async () => {
    for (const statement of [
      'select * from events.event',
      'select * from events.stream',
      `update events.event set data = '{}'`,
      'update events.event set position = 9',
      'delete from events.event',
      'truncate events.event',
      'select * from events.sequence(0, 10)',
    ]) {
      await expect(as(role, statement)).rejects.toThrow('permission denied');
    }
  });

  test('cannot sign for another actor', async () => {
    const forged = `insert into events.event (type, subject_type, subject_id, occurred_at, actor) values
      ('ticket.entered', 'Ticket', uuidv7(), now(), '{"kind": "system"}')`;
    await expect(as(role, forged)).rejects.toThrow('permission denied');
  });
});

describe('the sequencer', () => {
  test('gives a position once and can change nothing else', async () => {
    const role = 'plaza_sequencer';
    expect(await as(role, 'update events.event set position = 7 where position is null')).toBe(1);
    expect(await as(role, 'update events.event set position = 7 where position is not null')).toBe(0);
    await expect(as(role, 'update events.event set position = null where position is null')).rejects.toThrow(
      'row-level security',
    );
    await expect(as(role, `update events.event set data = '{}'`)).rejects.toThrow('permission denied');
    await expect(as(role, 'select data from events.event')).rejects.toThrow('permission denied');
    await expect(as(role, 'delete from events.event')).rejects.toThrow('permission denied');
    await expect(as(role, append)).rejects.toThrow('permission denied');
  });
});

describe('a reader', () => {
  const read = (tenant: string) => `select * from events.read('${tenant}', 0, 10)`;
  const head = `select 1 from events.head('${tenantId}') where last_position > 0`;

  test.each(['plaza_gateway', 'plaza_partners'])(
    '%s sees only the tenant in whose name it runs',
    async (role) => {
      expect(await as(role, read(tenantId))).toBe(1);
      expect(await as(role, head)).toBe(1);
      expect(await as(role, read(tenantId), newId())).toBe(0);
      expect(await as(role, head, newId())).toBe(0);
      expect(await as(role, read(tenantId), '')).toBe(0);
      await expect(as(role, 'select * from events.event')).rejects.toThrow('permission denied');
    },
  );

  test('in the name of a viewer of some locations sees nothing of the others', async () => {
    const [here, there] = [newId(), newId()];
    const tenant = newId();
    await write(db.database('tickets'), tenant, { locationId: here }, { locationId: there }, {});
    await admin.query('select * from events.sequence(0, 10)');
    const seen = async (locationIds: string[] | null) =>
      db.database('gateway').read({ tenantId: tenant, locationIds }, async (tx) => {
        const { sql } = await import('../../database/sql.js');
        return tx.rows<{ location_id: string | null }>(
          sql`select location_id from events.read(${tenant}, 0, 10)`,
        );
      });
    expect(await seen(null)).toHaveLength(3);
    expect(await seen([here])).toEqual([{ location_id: here }]);
  });

  test.each(LOGIN_ROLES.filter((name) => !['gateway', 'partners'].includes(name)))(
    'plaza_%s is none',
    async (name) => {
      await expect(as(`plaza_${name}`, read(tenantId))).rejects.toThrow('permission denied');
    },
  );
});

describe('the log itself', () => {
  test('belongs to a role that row-level security binds', async () => {
    const { rows } = await admin.query(`
      select distinct pg_get_userbyid(owner) as owner from (
        select relowner from pg_class where relnamespace = 'events'::regnamespace
        union all select proowner from pg_proc where pronamespace = 'events'::regnamespace) as owned(owner)`);
    expect(rows).toEqual([{ owner: 'plaza_events_owner' }]);
  });

  test('refuses even the superuser a change, a renumbering and a removal', async () => {
    for (const statement of [
      `update events.event set data = '{"changed": true}'`,
      'update events.event set position = position + 1 where position is not null',
      'delete from events.event',
      'truncate events.event',
    ]) {
      await expect(as('postgres', statement)).rejects.toThrow('append-only');
    }
  });

  test('refuses a type that is no "noun.happened"', async () => {
    const odd = append.replace('ticket.entered', 'Ticket Entered');
    await expect(as('plaza_tickets', odd)).rejects.toThrow('check constraint');
  });
});
