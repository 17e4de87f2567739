import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { migrate } from '../../database/migrate.js';
import { newId } from '../../ids.js';
import { testClusterUrl } from '../../testing/config.js';
import { administer, databaseUrl, TEST_SECRETS } from '../../testing/test-cluster.js';
import { component } from '../mikro-orm.config.js';
import { Placing } from '../placing.js';
import { connect } from './log-fixture.js';

const name = `test_${randomBytes(6).toString('hex')}`;
const url = databaseUrl(testClusterUrl(), name);
let admin: pg.Client;

beforeAll(async () => {
  await administer(testClusterUrl(), `create database ${name}`);
  admin = await connect(url);
});
afterAll(async () => {
  await admin.end();
  await administer(testClusterUrl(), `drop database ${name} with (force)`);
});

test('a log of the first kind keeps its events, positions and epochs, and what waited is numbered on', async () => {
  const former = { name: component.name, entities: [], migrations: component.migrations.slice(0, 2) };
  await migrate(url, TEST_SECRETS, [former]);
  const [tenantId, other] = [newId(), newId()];
  const append = async (tenant: string, id: string) => {
    const client = await connect(databaseUrl(testClusterUrl(), name, 'tickets'), tenant);
    await client.query(
      `select events.append('ticket.entered', 'Ticket', $1, null, now(), '{"code": "K7"}')`,
      [id],
    );
    await client.end();
  };
  const subjects = [newId(), newId(), newId()];
  await append(tenantId, subjects[0]!);
  await append(other, newId());
  await append(tenantId, subjects[1]!);
  await admin.query('select * from events.sequence(0, 10)');
  await admin.query('update events.stream set epoch = 3 where tenant_id = $1', [tenantId]);
  await append(tenantId, subjects[2]!);
  const { rows: before } = await admin.query(
    'select id, seq, recorded_at, data from events.event order by seq',
  );

  await migrate(url, TEST_SECRETS, [component]);
  const { rows: after } = await admin.query(
    'select id, seq, recorded_at, data from events.event order by seq',
  );
  expect(after).toEqual(before);
  await append(tenantId, newId());
  const sequencer = await connect(databaseUrl(testClusterUrl(), name, 'sequencer'));
  await (await Placing.begin(sequencer)).round();
  await sequencer.end();
  const gateway = await connect(databaseUrl(testClusterUrl(), name, 'gateway'), tenantId);
  const { rows: read } = await gateway.query(
    'select position::integer, subject_id from events.read($1, 0, 10)',
    [tenantId],
  );
  expect(read.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  expect(read.slice(0, 3).map(({ subject_id }) => subject_id)).toEqual(subjects);
  const { rows: head } = await gateway.query('select * from events.head($1)', [tenantId]);
  expect(head).toEqual([{ last_position: '4', epoch: 3, oldest: '0' }]);
  await gateway.end();
});
