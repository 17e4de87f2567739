import { registerOrganization } from '../src/use-cases/register-organization.js';
import { type Identity, openIdentity, PASSWORD, value } from './identity.js';

let identity: Identity;
beforeAll(async () => {
  identity = await openIdentity();
});
afterAll(() => identity.close());

const input = {
  organizationName: 'Northgate Parking',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: PASSWORD,
};
const count = (table: string) => value<number>(identity.admin, `select count(*)::int from identity.${table}`);

test('who registers owns the new organization and is signed in', async () => {
  const outcome = await registerOrganization(identity.as(null), { ...input, email: 'First@Example.com' });
  if (outcome.__typename !== 'OrganizationRegistered') throw new Error(outcome.message);
  expect(outcome.viewer).toMatchObject({ kind: 'user', roles: ['OWNER'], locationIds: null });
  expect(outcome.tokens.accessToken.split('.')).toHaveLength(3);
  const hash = await value<string>(identity.admin, 'select hash from identity.password where user_id = $1', [
    outcome.viewer.id,
  ]);
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('an address that is taken leaves nothing behind, however its case', async () => {
  await registerOrganization(identity.as(null), { ...input, email: 'taken@example.com' });
  const before = await Promise.all(['organization', 'membership', 'session'].map(count));
  const outcome = await registerOrganization(identity.as(null), { ...input, email: 'TAKEN@example.com' });
  expect(outcome.__typename).toBe('EmailTaken');
  expect(await Promise.all(['organization', 'membership', 'session'].map(count))).toEqual(before);
});

test('of ten registrations with one address at once one founds an organization', async () => {
  const before = await count('organization');
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () =>
      registerOrganization(identity.as(null), { ...input, email: 'once@example.com' }),
    ),
  );
  expect(outcomes.filter(({ __typename }) => __typename === 'OrganizationRegistered')).toHaveLength(1);
  expect(outcomes.filter(({ __typename }) => __typename === 'EmailTaken')).toHaveLength(9);
  expect(await count('organization')).toBe(before + 1);
});

test('a weak password is told with its reason', async () => {
  for (const password of ['short', 'passwordpassword', 'Ada Lovelace 1815']) {
    const outcome = await registerOrganization(identity.as(null), {
      ...input,
      email: 'weak@example.com',
      password,
    });
    expect(outcome).toMatchObject({ __typename: 'WeakPassword', message: expect.any(String) });
  }
});

test.each([
  ['organizationName', { organizationName: ' ' }],
  ['name', { name: 'x'.repeat(101) }],
  ['email', { email: 'ada' }],
  ['password', { password: 'x'.repeat(100_000) }],
])('a wrong %s is named', async (field, wrong) => {
  await expect(registerOrganization(identity.as(null), { ...input, ...wrong })).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field },
  });
});
