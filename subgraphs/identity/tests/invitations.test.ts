import { acceptInvitation } from '../src/use-cases/accept-invitation.js';
import { inviteMember } from '../src/use-cases/invite-member.js';
import { listInvitations } from '../src/use-cases/list-members.js';
import { registerOrganization } from '../src/use-cases/register-organization.js';
import type { Role, Viewer } from '@plaza/platform/viewer';
import { type Identity, openIdentity, PASSWORD, value } from './identity.js';

let identity: Identity;
let owner: Viewer;
beforeAll(async () => {
  identity = await openIdentity();
  ({ viewer: owner } = await identity.found());
});
afterAll(() => identity.close());

async function invite(email: string, roles: Role[] = ['OPERATOR'], by = owner): Promise<string> {
  const outcome = await inviteMember(identity.as(by), { email, roles });
  if (outcome.__typename !== 'MemberInvited') throw new Error(outcome.message);
  return outcome.token;
}
const accept = (token: string, password = PASSWORD, name: string | null = 'Grace Hopper') =>
  acceptInvitation(identity.as(null), { token, password, name });
const members = (tenantId = owner.tenantId) =>
  value<number>(identity.admin, 'select count(*)::int from identity.membership where tenant_id = $1', [
    tenantId,
  ]);

test('somebody new arrives with a name and a password, and is signed in', async () => {
  const outcome = await accept(await invite('New@Example.com', ['VIEWER', 'OPERATOR']));
  expect(outcome).toMatchObject({
    __typename: 'InvitationAccepted',
    viewer: { tenantId: owner.tenantId, roles: ['OPERATOR', 'VIEWER'], kind: 'user' },
  });
});

test('the token itself is kept nowhere', async () => {
  const token = await invite('kept@example.com');
  const rows = await identity.admin.query('select i::text as text from identity.invitation i');
  for (const { text } of rows.rows as { text: string }[]) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(Buffer.from(token).toString('hex'));
  }
});

test('an invitation that ten accept at once makes one member', async () => {
  const token = await invite('popular@example.com');
  const before = await members();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => accept(token)));
  expect(outcomes.filter(({ __typename }) => __typename === 'InvitationAccepted')).toHaveLength(1);
  expect(outcomes.filter(({ __typename }) => __typename === 'InvitationNotValid')).toHaveLength(9);
  expect(await members()).toBe(before + 1);
});

test('an unknown, a used, a replaced and an old invitation are not valid, and not told apart', async () => {
  const used = await invite('used@example.com');
  await accept(used);
  const replaced = await invite('replaced@example.com');
  const newest = await invite('replaced@example.com', ['VIEWER']);
  const old = await invite('old@example.com');
  const refusals = [await accept('pli_nobody'), await accept(used), await accept(replaced)];
  expect(await accept(newest)).toMatchObject({ viewer: { roles: ['VIEWER'] } });
  identity.clock.advance(7 * 24 * 3_600_000);
  refusals.push(await accept(old));
  identity.clock.set(new Date());
  expect(new Set(refusals.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(refusals[0]?.__typename).toBe('InvitationNotValid');
});

test('a known user joins a second organization with the password they have', async () => {
  const { viewer: other } = await identity.found('known@example.com');
  const token = await invite('known@example.com');
  expect((await accept(token, 'not the password')).__typename).toBe('InvalidCredentials');
  const outcome = await accept(token, PASSWORD, null);
  expect(outcome).toMatchObject({
    __typename: 'InvitationAccepted',
    viewer: { id: other.id, tenantId: owner.tenantId },
  });
});

test('guessing a password with an invitation is counted like guessing at the sign-in', async () => {
  await identity.found('guessed@example.com');
  const token = await invite('guessed@example.com');
  for (let failures = 0; failures < 5; failures += 1) await accept(token, 'not the password');
  expect((await accept(token)).__typename).toBe('TooManyAttempts');
});

test('somebody new needs a name and a strong password, and may then try again', async () => {
  const token = await invite('careless@example.com');
  await expect(accept(token, PASSWORD, null)).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'name' },
  });
  expect((await accept(token, 'password1234')).__typename).toBe('WeakPassword');
  expect((await accept(token)).__typename).toBe('InvitationAccepted');
});

test('registering and accepting at once make one user', async () => {
  for (let round = 0; round < 5; round += 1) {
    const email = `both-${round}@example.com`;
    const token = await invite(email);
    const [accepted, registered] = await Promise.all([
      accept(token),
      registerOrganization(identity.as(null), {
        organizationName: 'Own',
        name: 'Grace Hopper',
        email,
        password: PASSWORD,
      }),
    ]);
    expect(accepted.__typename).toBe('InvitationAccepted');
    expect(['OrganizationRegistered', 'EmailTaken']).toContain(registered.__typename);
    const users = await value(identity.admin, 'select count(*)::int from identity.user where email = $1', [
      email,
    ]);
    expect(users).toBe(1);
  }
});

test('who is a member already is told apart, and keeps the roles', async () => {
  await identity.join(owner, ['MANAGER'], 'already@example.com');
  const outcome = await inviteMember(identity.as(owner), { email: 'already@example.com', roles: ['VIEWER'] });
  expect(outcome).toMatchObject({ __typename: 'AlreadyMember', member: { roles: ['MANAGER'] } });
});

test('only who manages members invites', async () => {
  const { viewer: manager } = await identity.join(owner, ['MANAGER']);
  await expect(invite('friend@example.com', ['VIEWER'], manager)).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN' },
  });
  await expect(
    inviteMember(identity.as(owner), { email: 'friend', roles: ['VIEWER'] }),
  ).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'email' },
  });
});

test('what waits is listed until it is accepted or too old', async () => {
  const { viewer } = await identity.found();
  const token = await invite('first@example.com', ['VIEWER'], viewer);
  await invite('second@example.com', ['VIEWER'], viewer);
  const page = { size: 50, after: null, before: null, backwards: false };
  const waiting = async () =>
    (await listInvitations(identity.as(viewer), viewer.tenantId, page)).nodes.map(({ email }) => email);
  expect(await waiting()).toEqual(['first@example.com', 'second@example.com']);
  await accept(token);
  expect(await waiting()).toEqual(['second@example.com']);
  identity.clock.advance(7 * 24 * 3_600_000);
  expect(await waiting()).toEqual([]);
  identity.clock.set(new Date());
});
