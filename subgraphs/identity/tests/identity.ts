import { SetClock } from '@plaza/platform/clock';
import type { Database } from '@plaza/platform/database/database';
import { createTestDatabase, type TestDatabase } from '@plaza/platform/testing/test-database';
import type { Role, Viewer } from '@plaza/platform/viewer';
import pg from 'pg';
import { SigningKeys } from '../src/credentials/signing-keys.js';
import { acceptInvitation } from '../src/use-cases/accept-invitation.js';
import type { IdentityContext } from '../src/use-cases/identity-context.js';
import { inviteMember } from '../src/use-cases/invite-member.js';
import { registerOrganization } from '../src/use-cases/register-organization.js';
import type { OpenedSession } from '../src/credentials/tokens.js';

export const PASSWORD = 'every gate opens twice a day';

/** Identity on a database of its own, with a clock that a test can move and the superuser's eyes. */
export interface Identity {
  clock: SetClock;
  database: Database;
  test: TestDatabase;
  admin: pg.Client;
  /** What a story is told with, in the name of this viewer. */
  as(viewer: Viewer | null): IdentityContext;
  /** A new organization with its owner. */
  found(email?: string): Promise<OpenedSession>;
  /** A new member, invited and arrived. */
  join(owner: Viewer, roles: Role[], email?: string): Promise<OpenedSession>;
  close(): Promise<void>;
}

export async function openIdentity(): Promise<Identity> {
  const test = await createTestDatabase();
  const database = test.database('identity', { max: 20 });
  const admin = new pg.Client({ connectionString: test.adminUrl });
  await admin.connect();
  const clock = new SetClock(new Date());
  const signingKeys = new SigningKeys(database, test.secrets, clock);
  const refreshKey = test.secrets.key('refresh token');
  const as = (viewer: Viewer | null) => ({ viewer, database, clock, signingKeys, refreshKey });
  let people = 0;
  const newEmail = () => `person-${(people += 1)}@example.com`;

  const opened = <Outcome extends { __typename: string }>(outcome: Outcome) => {
    if (!('tokens' in outcome)) throw new Error(`Expected a session, got ${outcome.__typename}.`);
    return outcome as unknown as OpenedSession;
  };

  return {
    clock,
    database,
    test,
    admin,
    as,
    found: async (email = newEmail()) =>
      opened(
        await registerOrganization(as(null), {
          organizationName: 'Northgate Parking',
          name: 'Ada Lovelace',
          email,
          password: PASSWORD,
        }),
      ),
    join: async (owner, roles, email = newEmail()) => {
      const invited = await inviteMember(as(owner), { email, roles });
      if (invited.__typename !== 'MemberInvited') throw new Error(invited.message);
      return opened(
        await acceptInvitation(as(null), {
          token: invited.token,
          name: 'Charles Babbage',
          password: PASSWORD,
        }),
      );
    },
    close: async () => {
      await admin.end();
      await test.drop();
    },
  };
}

/** The one value that a statement of the superuser's finds. */
export async function value<Value>(admin: pg.Client, text: string, values: unknown[] = []): Promise<Value> {
  const { rows } = await admin.query<Record<string, Value>>(text, values);
  return Object.values(rows[0] ?? {})[0] as Value;
}

/**
 * Starts the work while the superuser holds a lock that all of it runs into, and lets go when everybody waits: a race in
 * which nobody is early.
 */
export async function startTogether<Result>(
  admin: pg.Client,
  lock: { text: string; values: unknown[] },
  work: () => Promise<Result>,
): Promise<Result> {
  await admin.query('begin');
  await admin.query(lock);
  const pending = work();
  await new Promise((resolve) => setTimeout(resolve, 250));
  await admin.query('commit');
  return pending;
}
