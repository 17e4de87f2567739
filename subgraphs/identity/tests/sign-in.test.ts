import { checkPassword, settleAttempts } from '../src/use-cases/check-password.js';
import { signInScope } from '../src/database/user.queries.js';
import { signIn } from '../src/use-cases/sign-in.js';
import { switchOrganization } from '../src/use-cases/switch-organization.js';
import { type Identity, openIdentity, PASSWORD, value } from './identity.js';

let identity: Identity;
beforeAll(async () => {
  identity = await openIdentity();
});
afterAll(() => identity.close());

const attempt = (email: string, password = PASSWORD) => signIn(identity.as(null), { email, password });
const many = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const tally = (outcomes: { __typename: string }[], name: string) =>
  outcomes.filter((outcome) => outcome.__typename === name).length;

test('the right password opens a session in the organization of the user', async () => {
  const { viewer } = await identity.found('ada@example.com');
  const outcome = await signIn(identity.as(null), {
    email: ' ADA@example.com',
    password: PASSWORD,
    deviceName: 'Firefox at the front desk',
  });
  if (outcome.__typename !== 'SignedIn') throw new Error(outcome.message);
  expect(outcome.viewer).toMatchObject({
    kind: 'user',
    id: viewer.id,
    tenantId: viewer.tenantId,
    roles: ['OWNER'],
  });
  expect(outcome.viewer.scopes).toContain('members:write');
  expect(outcome.tokens.expiresAt.getTime() - identity.clock.now().getTime()).toBeGreaterThan(14 * 60_000);
});

test('a wrong password and an unknown address get the same answer', async () => {
  await identity.found('known@example.com');
  const wrong = await attempt('known@example.com', 'not the password');
  expect(wrong.__typename).toBe('InvalidCredentials');
  expect(await attempt('unknown@example.com', 'not the password')).toEqual(wrong);
});

test('an unknown address costs as much work as a wrong password', async () => {
  const seconds = async (email: string) => {
    const started = performance.now();
    await attempt(email, 'not the password');
    return performance.now() - started;
  };
  await identity.found('timed@example.com');
  const fastest = { known: Infinity, unknown: Infinity };
  for (let round = 0; round < 4; round += 1) {
    fastest.known = Math.min(fastest.known, await seconds('timed@example.com'));
    fastest.unknown = Math.min(fastest.unknown, await seconds('nobody@example.com'));
  }
  expect(fastest.unknown).toBeGreaterThan(fastest.known / 2);
});

test('ten sign-ins at once open ten sessions', async () => {
  await identity.found('ten@example.com');
  const outcomes = await many(10, () => attempt('ten@example.com'));
  expect(tally(outcomes, 'SignedIn')).toBe(10);
  const sessions = new Set(outcomes.map((outcome) => 'viewer' in outcome && outcome.viewer.sessionId));
  expect(sessions.size).toBe(10);
});

test.each(['guessed@example.com', 'guessed-unknown@example.com'])(
  'of twenty guesses at once for %s five are answered, and even the right password must then wait',
  async (email) => {
    if (!email.includes('unknown')) await identity.found(email);
    const outcomes = await many(20, (index) => attempt(email, `guess number ${index}`));
    expect(tally(outcomes, 'InvalidCredentials')).toBe(5);
    expect(tally(outcomes, 'TooManyAttempts')).toBe(15);
    expect(await attempt(email)).toMatchObject({ __typename: 'TooManyAttempts', retryAfter: 900 });
  },
);

test('guesses while locked out do not prolong the wait, and after it the password is right again', async () => {
  await identity.found('patient@example.com');
  for (let failures = 0; failures < 5; failures += 1)
    await attempt('patient@example.com', 'not the password');
  identity.clock.advance(10 * 60_000);
  expect(await attempt('patient@example.com')).toMatchObject({ retryAfter: 300 });
  identity.clock.advance(5 * 60_000);
  expect((await attempt('patient@example.com')).__typename).toBe('SignedIn');
});

test('a right password clears the failures before it', async () => {
  await identity.found('clumsy@example.com');
  for (let round = 0; round < 3; round += 1) {
    for (let failures = 0; failures < 4; failures += 1)
      await attempt('clumsy@example.com', 'not the password');
    expect((await attempt('clumsy@example.com')).__typename).toBe('SignedIn');
  }
});

test('a right password that is still being verified at the fifth failure comes too late', async () => {
  const email = 'raced@example.com';
  await identity.found(email);
  const on = identity.as(null);
  expect((await checkPassword(on, email, PASSWORD)).__typename).toBe('PasswordRight');
  for (let failures = 0; failures < 5; failures += 1) await attempt(email, 'not the password');
  const settled = await identity.database.write(signInScope(email), (tx) =>
    settleAttempts(tx, email, identity.clock.now()),
  );
  expect(settled?.__typename).toBe('TooManyAttempts');
});

test('windows that are over are forgotten when others fail', async () => {
  await attempt('passing-by@example.com', 'not the password');
  await identity.admin.query(
    `update identity.sign_in_attempt set window_ends_at = now() - interval '1 minute'`,
  );
  await attempt('next@example.com', 'not the password');
  expect(await value(identity.admin, 'select count(*)::int from identity.sign_in_attempt')).toBe(1);
});

test('a user of two organizations arrives in the one used last, or in the named one', async () => {
  const [first, second] = [await identity.found(), await identity.found()];
  const email = 'two@example.com';
  const there = await identity.join(first.viewer, ['VIEWER'], email);
  identity.clock.advance(1000);
  await identity.join(second.viewer, ['OPERATOR'], email);
  const arrival = async (organizationId?: string) => {
    const outcome = await signIn(identity.as(null), { email, password: PASSWORD, organizationId });
    return 'viewer' in outcome ? { tenantId: outcome.viewer.tenantId, roles: outcome.viewer.roles } : outcome;
  };
  expect(await arrival()).toEqual({ tenantId: second.viewer.tenantId, roles: ['OPERATOR'] });
  expect(await arrival(first.viewer.tenantId)).toEqual({
    tenantId: first.viewer.tenantId,
    roles: ['VIEWER'],
  });
  identity.clock.advance(1000);
  await switchOrganization(identity.as(there.viewer), { organizationId: first.viewer.tenantId });
  expect(await arrival()).toEqual({ tenantId: first.viewer.tenantId, roles: ['VIEWER'] });
});

test("another's organization and one that does not exist are refused alike, and only to who knows the password", async () => {
  await identity.found('curious@example.com');
  const { viewer: stranger } = await identity.found();
  const enter = (organizationId: string, password = PASSWORD) =>
    signIn(identity.as(null), { email: 'curious@example.com', password, organizationId });
  for (const id of [stranger.tenantId, '019a0000-0000-7000-8000-000000000000', 'nonsense']) {
    await expect(enter(id)).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'organizationId' },
    });
  }
  expect((await enter(stranger.tenantId, 'not the password')).__typename).toBe('InvalidCredentials');
});

test.each([
  ['email', { email: 'not an address', password: PASSWORD }],
  ['password', { email: 'ada@example.com', password: 'x'.repeat(257) }],
  ['deviceName', { email: 'ada@example.com', password: PASSWORD, deviceName: 'a\u0000b' }],
])('a wrong %s is named', async (field, input) => {
  await expect(signIn(identity.as(null), input)).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', field },
  });
});
