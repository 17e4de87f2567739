import type { TenantScope } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { User, type UserRow } from './user.entity.js';

/** Sees one user and password by e-mail address, and counts that address's failures; nothing else of anybody. */
export const signInScope = (email: string, userId: string | null = null): TenantScope => ({
  tenantId: null,
  userId,
  settings: { sign_in_email: email },
});

/** The user of an e-mail address and the hash to verify the password with. */
export const findCredentials = (
  tx: Transaction,
  email: string,
): Promise<{ userId: string; hash: string } | undefined> =>
  tx.row(sql`select u.id as "userId", w.hash from identity.user u join identity.password w on w.user_id = u.id
    where u.email = ${email}`);

export const findUser = (tx: Transaction, id: string): Promise<UserRow | undefined> =>
  tx.row(sql`select ${sql.columns(User)} from identity.user where id = ${id}`);

/** Adds a person and the hash of their password. Violates user_email_key when the address is taken. */
export async function addUser(tx: Transaction, user: UserRow, passwordHash: string): Promise<void> {
  await Promise.all([
    tx.run(sql`insert into identity.user (id, email, name, created_at)
      values (${user.id}, ${user.email}, ${user.name}, ${user.createdAt})`),
    tx.run(sql`insert into identity.password (user_id, hash, changed_at)
      values (${user.id}, ${passwordHash}, ${user.createdAt})`),
  ]);
}
