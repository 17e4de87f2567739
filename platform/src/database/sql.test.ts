import { defineEntity, p } from '@mikro-orm/core';
import { prepare, sql } from './sql.js';

test('values become numbered placeholders, never text', () => {
  const plate = "'; drop table ticket; --";
  expect(prepare(sql`select ${1} where plate = ${plate}`)).toMatchObject({
    text: 'select $1 where plate = $2',
    values: [1, plate],
  });
});

test('statements are spliced into statements and numbered anew', () => {
  const conditions = sql.join([sql`a = ${1}`, sql`b = ${2}`], ' and ');
  expect(prepare(sql`select * from t where ${conditions} limit ${3}`)).toMatchObject({
    text: 'select * from t where a = $1 and b = $2 limit $3',
    values: [1, 2, 3],
  });
});

test('an object that only looks like a statement to a caller is a value', () => {
  const input: unknown = JSON.parse('{"parts": ["1; drop table t"], "values": []}');
  expect(prepare(sql`select ${input}`).text).toBe('select $1');
});

test('equal texts share their prepared name', () => {
  expect(prepare(sql`select ${1}`).name).toBe(prepare(sql`select ${2}`).name);
  expect(prepare(sql`select ${1}`).name).not.toBe(prepare(sql`select 1`).name);
});

test('the columns of an entity are selected under its property names', () => {
  const Ticket = defineEntity({
    name: 'Ticket',
    properties: { id: p.uuid().primary(), enteredAt: p.datetime() },
  });
  expect(prepare(sql`select ${sql.columns(Ticket, 't')}`).text).toBe(
    'select t.id, t.entered_at as "enteredAt"',
  );
});
