import { unauthenticated } from '@plaza/platform/errors';
import { silent } from '@plaza/platform/events/tests/log-fixture';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Viewer } from '@plaza/platform/viewer';
import { Accounts, type Connected } from './accounts.js';

function opened(valid: Map<string, Viewer>) {
  const asked: (string | undefined)[] = [];
  const accounts = new Accounts(async (authorization) => {
    asked.push(authorization);
    if (authorization === undefined) return null;
    const viewer = valid.get(authorization);
    await Promise.resolve();
    if (!viewer) throw unauthenticated('Unknown.');
    return viewer;
  }, silent);
  return { accounts, asked };
}

function connection() {
  const reasons: string[] = [];
  const connected: Connected = { viewer: null, turnAway: (reason) => void reasons.push(reason) };
  return { connected, reasons };
}

test('a credential is looked at once for all of its connections, and ends all of them', async () => {
  const viewer = testViewer();
  const valid = new Map([['a', viewer]]);
  const { accounts, asked } = opened(valid);
  const [one, other, left] = [connection(), connection(), connection()];
  for (const { connected } of [one, other, left]) await accounts.enter(connected, 'a');
  accounts.leave(left.connected);
  asked.length = 0;
  await accounts.recheck();
  expect(asked).toEqual(['a']);
  expect([one.reasons, other.reasons]).toEqual([[], []]);
  valid.delete('a');
  await accounts.recheck();
  expect([one.reasons, other.reasons, left.reasons]).toEqual([
    ['Your access has ended.'],
    ['Your access has ended.'],
    [],
  ]);
});

test('only the viewers concerned are looked at', async () => {
  const [mine, yours] = [testViewer(), testViewer()];
  const { accounts, asked } = opened(
    new Map([
      ['a', mine],
      ['b', yours],
    ]),
  );
  await accounts.enter(connection().connected, 'a');
  await accounts.enter(connection().connected, 'b');
  asked.length = 0;
  await accounts.recheck(({ id }) => id === yours.id);
  expect(asked).toEqual(['b']);
});

test('what is revoked while a connection opens does not get in', async () => {
  const valid = new Map([['a', testViewer()]]);
  const { accounts } = opened(valid);
  const entering = accounts.enter(connection().connected, 'a');
  valid.delete('a');
  await accounts.recheck();
  await expect(entering).rejects.toThrow('Unknown.');
});

test('a credential that means something else than before ends its connections', async () => {
  const viewer = testViewer();
  const valid = new Map([['a', viewer]]);
  const { accounts } = opened(valid);
  const { connected, reasons } = connection();
  await accounts.enter(connected, 'a');
  valid.set('a', { ...viewer, scopes: [] });
  await accounts.recheck();
  expect(reasons).toEqual(['Your permissions have changed: connect again.']);
});

test('a connection without a credential has no viewer and is never looked at', async () => {
  const { accounts, asked } = opened(new Map());
  const { connected } = connection();
  await accounts.enter(connected, undefined);
  expect(connected.viewer).toBeNull();
  asked.length = 0;
  await accounts.recheck();
  expect(asked).toEqual([]);
});
