import { prepare } from '../database/sql.js';
import { newId } from '../ids.js';
import { keyset, pageOf, toConnection } from './connection.js';

const rows = Array.from({ length: 4 }, () => ({ id: newId() })).sort((a, b) => (a.id < b.id ? -1 : 1));
const count = () => Promise.resolve(4);

test('a page is cut to its size and says that more follow', () => {
  const connection = toConnection(rows.slice(0, 3), pageOf({ first: 2 }), count);
  expect(connection.nodes).toEqual(rows.slice(0, 2));
  expect(connection.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
});

test('the cursor of the last edge starts the next page', () => {
  const { pageInfo } = toConnection(rows.slice(0, 3), pageOf({ first: 2 }), count);
  expect(pageOf({ first: 2, after: pageInfo.endCursor }).after).toBe(rows[1]?.id);
});

test('a page from the end comes back in the order of the list', () => {
  const fromTheEnd = [...rows].reverse().slice(0, 3);
  const connection = toConnection(fromTheEnd, pageOf({ last: 2 }), count);
  expect(connection.nodes).toEqual(rows.slice(2));
  expect(connection.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test.each([
  { first: 201 },
  { first: -1 },
  { last: 201 },
  { first: 1, last: 1 },
  { after: 'nonsense' },
  { before: '' },
])('the arguments %j are refused', (args) => {
  expect(() => pageOf(args)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
});

test('the query of a page reads one row more, on the right side of the cursor', () => {
  const after = toConnection(rows, pageOf({ first: 1 }), count).pageInfo.endCursor;
  const newestFirst = prepare(keyset(pageOf({ first: 10, after }), 't.id', 'desc'));
  expect(newestFirst.text).toBe('and t.id < $1 order by t.id desc limit $2');
  expect(newestFirst.values).toEqual([rows[0]?.id, 11]);
});
