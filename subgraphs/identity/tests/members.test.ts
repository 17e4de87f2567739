import pg from 'pg';
import { testViewer } from '@plaza/platform/testing/test-viewer';
import type { Role, Viewer } from '@plaza/platform/viewer';
import { changeMemberRoles } from '../src/use-cases/change-member-roles.js';
import { listMembers } from '../src/use-cases/list-members.js';
import { type Identity, openIdentity, startTogether, value } from './identity.js';

let identity: Identity;
beforeAll(async () => {
  identity = await openIdentity();
});
afterAll(() => identity.close());

const memberOf = (viewer: Viewer) =>
  value<string>(identity.admin, 'select id from identity.membership where user_id = $1', [viewer.id]);
const rolesOf = async (viewer: Viewer) =>
  value<Role[]>(identity.admin, 'select roles from identity.membership where user_id = $1', [viewer.id]);
const change = async (by: Viewer, whom: Viewer, roles: Role[]) =>
  changeMemberRoles(identity.as(by), { memberId: await memberOf(whom), roles });
const code = (name: string) => ({ extensions: { code: name } });
const page = { size: 50, after: null, before: null, backwards: false };

test('an owner gives a member other roles, once each and the strongest first', async () => {
  const { viewer: owner } = await identity.found();
  const { viewer } = await identity.join(owner, ['VIEWER']);
  expect(await change(owner, viewer, ['VIEWER', 'OPERATOR', 'VIEWER'])).toMatchObject({
    __typename: 'MemberRolesChanged',
    member: { roles: ['OPERATOR', 'VIEWER'], user: { id: viewer.id, name: 'Charles Babbage' } },
  });
  expect(await rolesOf(viewer)).toEqual(['OPERATOR', 'VIEWER']);
});

test('the last owner stays one until there is another', async () => {
  const { viewer: owner } = await identity.found();
  expect((await change(owner, owner, ['MANAGER'])).__typename).toBe('LastOwner');
  expect(await rolesOf(owner)).toEqual(['OWNER']);
  await identity.join(owner, ['OWNER', 'OPERATOR']);
  expect((await change(owner, owner, ['MANAGER'])).__typename).toBe('MemberRolesChanged');
});

test('of two owners who both step down at once one stays', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { viewer: first } = await identity.found();
    const { viewer: second } = await identity.join(first, ['OWNER']);
    const outcomes = await Promise.all([
      change(first, first, ['VIEWER']),
      change(second, second, ['VIEWER']),
    ]);
    expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['LastOwner', 'MemberRolesChanged']);
  }
});

test('of two owners who demote each other at once one has lost the right when his turn comes', async () => {
  const { viewer: first } = await identity.found();
  const { viewer: second } = await identity.join(first, ['OWNER']);
  await identity.join(first, ['OWNER']);
  const organization = {
    text: 'select from identity.organization where id = $1 for update',
    values: [first.tenantId],
  };
  const outcomes = await startTogether(identity.admin, organization, () =>
    Promise.allSettled([change(first, second, ['VIEWER']), change(second, first, ['VIEWER'])]),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: code('FORBIDDEN') });
});

test('the database keeps an owner by itself, against two transactions at once and against a deletion', async () => {
  const { viewer: first } = await identity.found();
  const { viewer: second } = await identity.join(first, ['OWNER']);
  const clients = [0, 1].map(() => new pg.Client({ connectionString: identity.test.adminUrl }));
  const [one, two] = clients as [pg.Client, pg.Client];
  await Promise.all(clients.map((client) => client.connect()));
  const demote = `update identity.membership set roles = '{VIEWER}' where user_id = $1`;
  await Promise.all(clients.map((client) => client.query('begin')));
  await one.query(demote, [first.id]);
  const waiting = two.query(demote, [second.id]).then(
    () => 'done',
    (error: pg.DatabaseError) => error.constraint,
  );
  expect(await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))])).toBe(
    'waits',
  );
  await one.query('commit');
  expect(await waiting).toBe('membership_keeps_an_owner');
  await Promise.all(clients.map((client) => client.end()));
  await expect(
    identity.admin.query('delete from identity.membership where user_id = $1', [second.id]),
  ).rejects.toMatchObject({ constraint: 'membership_keeps_an_owner' });
});

test('an owner who was demoted cannot promote himself with the token of before', async () => {
  const { viewer: first } = await identity.found();
  const { viewer: second } = await identity.join(first, ['OWNER']);
  await change(first, second, ['VIEWER']);
  await expect(change(second, second, ['OWNER'])).rejects.toMatchObject(code('FORBIDDEN'));
  expect(await rolesOf(second)).toEqual(['VIEWER']);
});

test('managers, operators and viewers change nobody', async () => {
  const { viewer: owner } = await identity.found();
  for (const role of ['MANAGER', 'OPERATOR', 'VIEWER'] as const) {
    const { viewer } = await identity.join(owner, [role]);
    await expect(change(viewer, viewer, ['OWNER'])).rejects.toMatchObject(code('FORBIDDEN'));
  }
  await expect(
    changeMemberRoles(identity.as(null), { memberId: 'x', roles: ['OWNER'] }),
  ).rejects.toMatchObject(code('UNAUTHENTICATED'));
});

test('an API key hands out and takes away no more than it holds, and nothing when bound to locations', async () => {
  const { viewer: owner } = await identity.found();
  const { viewer } = await identity.join(owner, ['OPERATOR']);
  const key = testViewer({
    kind: 'apiKey',
    tenantId: owner.tenantId,
    roles: [],
    scopes: ['members:read', 'members:write'],
  });
  await expect(change(key, viewer, ['OWNER'])).rejects.toMatchObject(code('FORBIDDEN'));
  await expect(change(key, owner, ['OPERATOR'])).rejects.toMatchObject(code('FORBIDDEN'));
  const strong = { ...key, scopes: owner.scopes };
  expect((await change(strong, viewer, ['MANAGER'])).__typename).toBe('MemberRolesChanged');
  await expect(change({ ...strong, locationIds: [] }, viewer, ['VIEWER'])).rejects.toMatchObject(
    code('FORBIDDEN'),
  );
});

test("another tenant's member, an unknown one and nonsense are not found", async () => {
  const { viewer: owner } = await identity.found();
  const { viewer: stranger } = await identity.found();
  await expect(change(owner, stranger, ['VIEWER'])).rejects.toMatchObject(code('NOT_FOUND'));
  for (const memberId of ['019a0000-0000-7000-8000-000000000000', 'nonsense']) {
    await expect(
      changeMemberRoles(identity.as(owner), { memberId, roles: ['VIEWER'] }),
    ).rejects.toMatchObject(code('NOT_FOUND'));
  }
});

test('a member has at least one role', async () => {
  const { viewer: owner } = await identity.found();
  await expect(change(owner, owner, [])).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field: 'roles' },
  });
});

test('members are listed in the order in which they joined, a page at a time, to those who may read them', async () => {
  const { viewer: owner } = await identity.found();
  const joined = [owner];
  for (let count = 0; count < 4; count += 1) joined.push((await identity.join(owner, ['OPERATOR'])).viewer);
  const first = await listMembers(identity.as(owner), owner.tenantId, { ...page, size: 3 });
  expect(first.nodes.map(({ user }) => user.id)).toEqual(joined.slice(0, 3).map(({ id }) => id));
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(await first.count()).toBe(5);
  const rest = await listMembers(identity.as(owner), owner.tenantId, { ...page, after: first.nodes[2]!.id });
  expect(rest.nodes.map(({ user }) => user.id)).toEqual(joined.slice(3).map(({ id }) => id));
  await expect(listMembers(identity.as(joined[1]!), owner.tenantId, page)).rejects.toMatchObject(
    code('FORBIDDEN'),
  );
});

test("the members of another organization are not found, even by one's own id there", async () => {
  const [own, other] = [await identity.found(), await identity.found()];
  await expect(listMembers(identity.as(own.viewer), other.viewer.tenantId, page)).rejects.toMatchObject(
    code('NOT_FOUND'),
  );
});
