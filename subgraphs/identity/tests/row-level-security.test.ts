import type { Database, TenantScope } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import { newId } from '@plaza/platform/ids';
import pg from 'pg';
import { signInScope } from '../src/database/user.queries.js';
import type { OpenedSession } from '../src/credentials/tokens.js';
import { inviteMember } from '../src/use-cases/invite-member.js';
import { signIn } from '../src/use-cases/sign-in.js';
import { type Identity, openIdentity } from './identity.js';

const TENANT_TABLES = [
  'organization',
  'membership',
  'user',
  'password',
  'session',
  'invitation',
  'sign_in_attempt',
];

let identity: Identity;
let database: Database;
let own: OpenedSession;
let colleague: OpenedSession;
let other: OpenedSession;
beforeAll(async () => {
  identity = await openIdentity();
  ({ database } = identity);
  own = await identity.found('own@example.com');
  colleague = await identity.join(own.viewer, ['OPERATOR']);
  other = await identity.found('other@example.com');
  for (const { viewer } of [own, other])
    await inviteMember(identity.as(viewer), { email: 'x@example.com', roles: ['VIEWER'] });
  await signIn(identity.as(null), { email: 'own@example.com', password: 'not the password' });
});
afterAll(() => identity.close());

const count = async (scope: TenantScope, table: string) =>
  (
    await database.read(scope, (tx) =>
      tx.one<{ count: number }>(sql`select count(*) from ${sql.raw(`identity.${table}`)}`),
    )
  ).count;
const counts = async (scope: TenantScope) =>
  Object.fromEntries(
    await Promise.all(TENANT_TABLES.map(async (table) => [table, await count(scope, table)])),
  );

test('without a name in the transaction there is nothing to see', async () => {
  expect(await counts({ tenantId: null })).toEqual(
    Object.fromEntries(TENANT_TABLES.map((table) => [table, 0])),
  );
});

test('a tenant sees its own members, sessions and invitations, and nobody’s password', async () => {
  expect(await counts({ tenantId: own.viewer.tenantId })).toEqual({
    organization: 1,
    membership: 2,
    user: 2,
    password: 0,
    session: 2,
    invitation: 1 + 1,
    sign_in_attempt: 0,
  });
});

test('a user sees themselves, their password and their memberships', async () => {
  expect(await counts({ tenantId: null, userId: colleague.viewer.id })).toEqual({
    organization: 1,
    membership: 1,
    user: 1,
    password: 1,
    session: 1,
    invitation: 0,
    sign_in_attempt: 0,
  });
});

test('a sign-in sees one user, one password and one count, by the address', async () => {
  expect(await counts(signInScope('own@example.com'))).toEqual({
    organization: 0,
    membership: 0,
    user: 1,
    password: 1,
    session: 0,
    invitation: 0,
    sign_in_attempt: 1,
  });
  expect(await count(signInScope('nobody@example.com'), 'user')).toBe(0);
});

test.each([
  [
    'another tenant’s membership',
    () => sql`insert into identity.membership (id, tenant_id, user_id, roles, joined_at)
    values (${newId()}, ${other.viewer.tenantId}, ${own.viewer.id}, '{OWNER}', now())`,
  ],
  [
    'another tenant’s invitation',
    () => sql`insert into identity.invitation
    (id, tenant_id, email, roles, token_hash, created_at, expires_at)
    values (${newId()}, ${other.viewer.tenantId}, 'me@example.com', '{OWNER}', sha256('x'), now(), now())`,
  ],
  [
    'another user’s session',
    () => sql`insert into identity.session
    (id, tenant_id, user_id, created_at, last_used_at, expires_at)
    values (${newId()}, ${own.viewer.tenantId}, ${colleague.viewer.id}, now(), now(), now())`,
  ],
  ['another organization', () => sql`insert into identity.organization values (${newId()}, 'Mine', now())`],
  ['another user', () => sql`insert into identity.user values (${newId()}, 'me@example.com', 'Me', now())`],
])('nobody writes %s', async (_, statement) => {
  await expect(database.write(own.viewer, (tx) => tx.run(statement()))).rejects.toMatchObject({
    code: '42501',
  });
});

test('what belongs to another tenant can be neither changed nor removed', async () => {
  const touched = await database.write(own.viewer, (tx) =>
    Promise.all([
      tx.run(sql`update identity.organization set name = 'Mine' where id = ${other.viewer.tenantId}`),
      tx.run(
        sql`update identity.membership set roles = '{VIEWER}' where tenant_id = ${other.viewer.tenantId}`,
      ),
      tx.run(sql`delete from identity.membership where tenant_id = ${other.viewer.tenantId}`),
      tx.run(sql`update identity.session set revoked_at = now(), revoked_because = 'REVOKED'
        where tenant_id = ${other.viewer.tenantId}`),
      tx.run(sql`update identity.user set name = 'Mine' where id <> ${own.viewer.id}`),
      tx.run(sql`update identity.password set hash = '$argon2id$' where user_id <> ${own.viewer.id}`),
    ]),
  );
  expect(touched).toEqual([0, 0, 0, 0, 0, 0]);
});

test('row-level security is forced on every table but the platform’s own keys', async () => {
  const { rows } = await identity.admin.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'identity'::regnamespace and relkind = 'r'
      and not (relrowsecurity and relforcerowsecurity)`,
  );
  expect(rows.map(({ relname }) => relname).sort()).toEqual(['migration', 'signing_key']);
});

test.each(['gateway', 'spaces', 'tickets', 'payments', 'partners'] as const)(
  'the role of %s reads no table of identity',
  async (role) => {
    const client = new pg.Client({ connectionString: identity.test.url(role) });
    await client.connect();
    for (const table of [...TENANT_TABLES, 'signing_key']) {
      await expect(client.query(`select from identity.${table}`)).rejects.toMatchObject({ code: '42501' });
    }
    await client.end();
  },
);

test('identity’s own role can neither forget a key nor move a session to another tenant', async () => {
  const forbidden = [
    sql`delete from identity.signing_key`,
    sql`update identity.signing_key set kid = ''`,
    sql`update identity.session set tenant_id = ${other.viewer.tenantId}`,
    sql`update identity.membership set tenant_id = ${other.viewer.tenantId}`,
    sql`delete from identity.session`,
  ];
  for (const statement of forbidden) {
    await expect(database.write(own.viewer, (tx) => tx.run(statement))).rejects.toMatchObject({
      code: '42501',
    });
  }
});
