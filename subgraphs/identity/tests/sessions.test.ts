import pg from 'pg';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import { readLiveSessions } from '../src/database/viewer.queries.js';
import { changeMemberRoles } from '../src/use-cases/change-member-roles.js';
import { refreshSession } from '../src/use-cases/refresh-session.js';
import { revokeSession } from '../src/use-cases/revoke-session.js';
import { signIn } from '../src/use-cases/sign-in.js';
import { signOut } from '../src/use-cases/sign-out.js';
import { switchOrganization } from '../src/use-cases/switch-organization.js';
import { decodeJwt } from 'jose';
import { type Identity, openIdentity, PASSWORD, startTogether, value } from './identity.js';

let identity: Identity;
let gateway: pg.Client;
beforeAll(async () => {
  identity = await openIdentity();
  gateway = new pg.Client({ connectionString: identity.test.url('gateway') });
  await gateway.connect();
});
afterAll(async () => {
  await gateway.end();
  await identity.close();
});

const refresh = (refreshToken: string) => refreshSession(identity.as(null), { refreshToken });
const isLive = (sessionId: string | null) =>
  value<boolean>(gateway, 'select identity.session_is_live($1)', [sessionId]);
const reason = (sessionId: string | null) =>
  value<string>(identity.admin, 'select revoked_because from identity.session where id = $1', [sessionId]);

async function next(refreshToken: string) {
  const outcome = await refresh(refreshToken);
  if (outcome.__typename !== 'SessionRefreshed') throw new Error(outcome.message);
  return outcome.tokens;
}

test('a session goes on from token to token', async () => {
  const { tokens, viewer } = await identity.found();
  let { refreshToken } = tokens;
  for (let round = 0; round < 5; round += 1) ({ refreshToken } = await next(refreshToken));
  expect(await isLive(viewer.sessionId)).toBe(true);
});

test('a refresh token that is used again ends the session, for its newest token too', async () => {
  const { tokens, viewer } = await identity.found();
  const newest = await next(tokens.refreshToken);
  expect((await refresh(tokens.refreshToken)).__typename).toBe('SessionRevoked');
  expect((await refresh(newest.refreshToken)).__typename).toBe('SessionRevoked');
  expect(await isLive(viewer.sessionId)).toBe(false);
  expect(await reason(viewer.sessionId)).toBe('TOKEN_REUSED');
});

test('of ten refreshes with one token at once one succeeds, and the session has ended', async () => {
  const { tokens, viewer } = await identity.found();
  const session = {
    text: 'select from identity.session where id = $1 for update',
    values: [viewer.sessionId],
  };
  const outcomes = await startTogether(identity.admin, session, () =>
    Promise.all(Array.from({ length: 10 }, () => refresh(tokens.refreshToken))),
  );
  expect(outcomes.filter(({ __typename }) => __typename === 'SessionRefreshed')).toHaveLength(1);
  expect(await isLive(viewer.sessionId)).toBe(false);
});

test('a forged token ends nothing', async () => {
  const { tokens, viewer } = await identity.found();
  expect((await refresh(`${tokens.refreshToken.slice(0, -3)}AAA`)).__typename).toBe('SessionRevoked');
  expect(await isLive(viewer.sessionId)).toBe(true);
});

test('a session that is left alone for thirty days ends by itself', async () => {
  const { tokens } = await identity.found();
  identity.clock.advance(29 * 24 * 3_600_000);
  const { refreshToken } = await next(tokens.refreshToken);
  identity.clock.advance(30 * 24 * 3_600_000);
  expect((await refresh(refreshToken)).__typename).toBe('SessionRevoked');
  identity.clock.set(new Date());
});

test('the roles of a refreshed token are the present ones', async () => {
  const { viewer: owner } = await identity.found();
  const { tokens, viewer } = await identity.join(owner, ['OPERATOR']);
  const memberId = await value<string>(
    identity.admin,
    'select id from identity.membership where user_id = $1',
    [viewer.id],
  );
  await changeMemberRoles(identity.as(owner), { memberId, roles: ['VIEWER', 'MANAGER'] });
  expect(decodeJwt((await next(tokens.refreshToken)).accessToken)).toMatchObject({
    roles: ['MANAGER', 'VIEWER'],
  });
});

test('who signs out is out, and signing out again is no mistake', async () => {
  const { tokens, viewer } = await identity.found();
  await signOut(identity.as(viewer));
  await signOut(identity.as(viewer));
  expect(await isLive(viewer.sessionId)).toBe(false);
  expect(await reason(viewer.sessionId)).toBe('SIGNED_OUT');
  expect((await refresh(tokens.refreshToken)).__typename).toBe('SessionRevoked');
});

test('a user ends the session of the lost phone and keeps the others', async () => {
  const { viewer } = await identity.found('phones@example.com');
  const phone = await signIn(identity.as(null), {
    email: 'phones@example.com',
    password: PASSWORD,
    deviceName: 'Phone',
  });
  const lost = 'viewer' in phone ? phone.viewer.sessionId! : '';
  const listed = await readLiveSessions(identity.database, viewer, identity.clock.now());
  expect(listed.map(({ deviceName, isCurrent }) => ({ deviceName, isCurrent }))).toEqual(
    expect.arrayContaining([
      { deviceName: 'Phone', isCurrent: false },
      { deviceName: null, isCurrent: true },
    ]),
  );
  await revokeSession(identity.as(viewer), { sessionId: lost });
  expect([await isLive(lost), await isLive(viewer.sessionId)]).toEqual([false, true]);
  expect(await readLiveSessions(identity.database, viewer, identity.clock.now())).toHaveLength(1);
});

test("an owner ends a member's session, a member nobody else's, and a stranger's does not exist", async () => {
  const { viewer: owner } = await identity.found();
  const { viewer: member } = await identity.join(owner, ['MANAGER']);
  const { viewer: stranger } = await identity.found();
  const end = (viewer: typeof owner, sessionId: string) => revokeSession(identity.as(viewer), { sessionId });
  const missing = { extensions: { code: 'NOT_FOUND' } };
  await expect(end(member, owner.sessionId!)).rejects.toMatchObject(missing);
  await expect(end(stranger, member.sessionId!)).rejects.toMatchObject(missing);
  await expect(end(owner, stranger.sessionId!)).rejects.toMatchObject(missing);
  await expect(end(owner, 'nonsense')).rejects.toMatchObject(missing);
  expect(await end(owner, member.sessionId!)).toEqual({
    __typename: 'SessionEnded',
    sessionId: member.sessionId,
  });
  expect([await isLive(owner.sessionId), await isLive(member.sessionId)]).toEqual([true, false]);
});

test('switching the organization replaces the session', async () => {
  const [first, second] = [await identity.found(), await identity.found()];
  const here = await identity.join(first.viewer, ['OPERATOR'], 'switcher@example.com');
  await identity.join(second.viewer, ['VIEWER'], 'switcher@example.com');
  const there = await switchOrganization(identity.as(here.viewer), {
    organizationId: second.viewer.tenantId,
  });
  expect(there.viewer).toMatchObject({
    id: here.viewer.id,
    tenantId: second.viewer.tenantId,
    roles: ['VIEWER'],
  });
  expect([await isLive(here.viewer.sessionId), await isLive(there.viewer.sessionId)]).toEqual([false, true]);
  await expect(
    switchOrganization(identity.as(here.viewer), { organizationId: first.viewer.tenantId }),
  ).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
});

test('nobody switches to an organization that is not theirs, and the session stays', async () => {
  const [own, other] = [await identity.found(), await identity.found()];
  for (const organizationId of [other.viewer.tenantId, '019a0000-0000-7000-8000-000000000000', 'nonsense']) {
    await expect(switchOrganization(identity.as(own.viewer), { organizationId })).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  }
  expect(await isLive(own.viewer.sessionId)).toBe(true);
});

test('who is no member any more has no session any more', async () => {
  const { viewer: owner } = await identity.found();
  const { viewer, tokens } = await identity.join(owner, ['VIEWER']);
  await identity.admin.query('delete from identity.membership where user_id = $1', [viewer.id]);
  expect(await isLive(viewer.sessionId)).toBe(false);
  expect((await refresh(tokens.refreshToken)).__typename).toBe('SessionRevoked');
});

test('a session that nobody opened is not live', async () => {
  expect(await isLive('019a0000-0000-7000-8000-000000000000')).toBe(false);
});

test('an API key and an anonymous caller have no session to end', async () => {
  const key = testViewer({ kind: 'apiKey', name: 'Gate', roles: [] });
  await expect(signOut(identity.as(key))).rejects.toMatchObject({ extensions: { code: 'CONFLICT' } });
  await expect(signOut(identity.as(null))).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
});
