import { ACCESS_CHANNEL } from '@plaza/platform/events/channels';
import { heardDuring } from '@plaza/platform/testing/heard-during';
import type { Role, Viewer } from '@plaza/platform/viewer';
import { changeMemberRoles } from '../src/use-cases/change-member-roles.js';
import { revokeSession } from '../src/use-cases/revoke-session.js';
import { signOut } from '../src/use-cases/sign-out.js';
import { type Identity, openIdentity, value } from './identity.js';

let identity: Identity;
beforeAll(async () => {
  identity = await openIdentity();
});
afterAll(() => identity.close());

/** What the gateway hears meanwhile, on a connection of its own role. */
const told = (work: () => Promise<unknown>) =>
  heardDuring(identity.test.url('gateway'), ACCESS_CHANNEL, work);

const memberOf = (viewer: Viewer) =>
  value<string>(identity.admin, 'select id from identity.membership where user_id = $1', [viewer.id]);
const change = async (by: Viewer, whom: Viewer, roles: Role[]) =>
  changeMemberRoles(identity.as(by), { memberId: await memberOf(whom), roles });

test('who registers, arrives or refreshes a session changes nobody’s access', async () => {
  const heard = await told(async () => {
    const { viewer } = await identity.found();
    const { viewer: member } = await identity.join(viewer, ['VIEWER']);
    await identity.admin.query('update identity.session set generation = 2 where id = $1', [
      member.sessionId,
    ]);
  });
  expect(heard).toEqual([]);
});

test('a session is told of when it is revoked, by whatever way, and only the first time', async () => {
  const { viewer: owner } = await identity.found();
  const { viewer: member } = await identity.join(owner, ['VIEWER']);
  const heard = await told(async () => {
    await signOut(identity.as(member));
    await revokeSession(identity.as(owner), { sessionId: owner.sessionId! });
    await identity.admin.query('update identity.session set revoked_at = now() where id = $1', [
      member.sessionId,
    ]);
  });
  expect(heard).toEqual([`session:${member.sessionId}`, `session:${owner.sessionId}`]);
});

test('a member is told of when the roles change, and when the membership ends', async () => {
  const { viewer: owner } = await identity.found();
  const { viewer: member } = await identity.join(owner, ['VIEWER']);
  expect(await told(() => change(owner, member, ['OPERATOR']))).toEqual([`user:${member.id}`]);
  expect(await told(() => change(owner, member, ['OPERATOR']))).toEqual([]);
  const remove = () =>
    identity.admin.query('delete from identity.membership where user_id = $1', [member.id]);
  expect(await told(remove)).toEqual([`user:${member.id}`]);
});

test('a change that is rolled back is not told', async () => {
  const { viewer: owner } = await identity.found();
  // the last owner can't step down
  expect(await told(() => change(owner, owner, ['VIEWER']))).toEqual([]);
});
