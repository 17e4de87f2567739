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
  await admin.query(`select * from events.sequence('{(,)}', 1)`);
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
      'select * from events.placement',
      'update events.placement set first_position = 9',
      'insert into events.placement (tenant_id, first_position, event_ids) select tenant_id, 9, array[id] from events.event',
      'select * from events.round',
      `insert into events.round values ('{[1,2)}')`,
      'select events.settle(9)',
      `insert into events.event (type, subject_type, subject_id, occurred_at)
         values ('ticket.entered', 'Ticket', uuidv7(), now())`,
      'delete from events.event',
      'truncate events.event',
      `select * from events.sequence('{(,)}', 10)`,
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
  const role = 'plaza_sequencer';
  const place = (position: number) =>
    `insert into events.placement (tenant_id, first_position, event_ids) values ('${tenantId}', ${position}, array[uuidv7()])`;

  test('gives an event one position and a position one event', async () => {
    expect(await as(role, place(2))).toBe(1);
    await expect(as(role, place(1))).rejects.toThrow('placement_pkey');
    const { rows } = await admin.query<{ seqs: string }>('select seqs from events.round');
    expect(rows).toEqual([{ seqs: '{[1,2)}' }]);
    expect(await as(role, `insert into events.round values ('{[2,4),[7,9)}')`)).toBe(1);
    for (const twice of ['{[1,2)}', '{[0,9)}', '{[-3,-1),[1,2)}']) {
      await expect(as(role, `insert into events.round values ('${twice}')`)).rejects.toThrow('placed_once');
    }
  });

  test('can change nothing else, and takes back no position of an event that is kept', async () => {
    for (const statement of [
      'update events.placement set first_position = 7',
      `update events.round set seqs = '{[5,6)}'`,
      `update events.event set data = '{}'`,
      'select data from events.event',
      'delete from events.event',
      'update events.history set epoch = 2',
      'delete from events.stream',
      append,
    ]) {
      await expect(as(role, statement)).rejects.toThrow('permission denied');
    }
    await expect(as(role, 'delete from events.placement')).rejects.toThrow('A position is kept');
    await expect(as(role, 'delete from events.round')).rejects.toThrow('A round is kept');
    await expect(as(role, 'update events.low_water set seq = -1')).rejects.toThrow('only rises');
  });

  test('removes no month that ended less than 31 days ago', async () => {
    const { rows } = await admin.query<{ partition: string }>(
      `select to_char(now() at time zone 'UTC' - interval '27 days', '"event_"YYYY_MM') as partition`,
    );
    for (const partition of [rows[0]!.partition, 'event', 'placement', 'event_2020_01; drop table x']) {
      await expect(as(role, `select events.drop_month('${partition}')`)).rejects.toThrow('No month');
    }
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
    await admin.query(`select * from events.sequence('{(,)}', 10)`);
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
      'delete from events.event',
      'truncate events.event',
      'update events.placement set first_position = first_position + 1',
      'truncate events.placement',
      `update events.round set seqs = '{[5,6)}'`,
      'truncate events.round',
    ]) {
      await expect(as('postgres', statement)).rejects.toThrow('append-only');
    }
    await expect(as('postgres', 'delete from events.placement')).rejects.toThrow('A position is kept');
  });

  test('refuses the same in the table of a month', async () => {
    const { rows } = await admin.query<{ month: string }>(
      'select distinct tableoid::regclass::text as month from events.event',
    );
    for (const { month } of rows) {
      for (const statement of [
        `update ${month} set data = '{"changed": true}'`,
        `delete from ${month}`,
        `truncate ${month}`,
      ]) {
        await expect(as('postgres', statement)).rejects.toThrow('append-only');
      }
      await expect(as('plaza_tickets', `select * from ${month}`)).rejects.toThrow('permission denied');
      expect(await as('plaza_events_owner', `select * from ${month}`)).toBe(0);
    }
    expect(rows).toHaveLength(1);
  });

  test('refuses a type that is no "noun.happened"', async () => {
    const odd = append.replace('ticket.entered', 'Ticket Entered');
    await expect(as('plaza_tickets', odd)).rejects.toThrow('check constraint');
  });
});
