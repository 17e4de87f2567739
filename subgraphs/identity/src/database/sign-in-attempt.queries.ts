import { createHash } from 'node:crypto';
import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { FAILURE_WINDOW_MS, type SignInAttempts } from '../domain/sign-in-attempts.js';

const hashOf = (email: string): Buffer => createHash('sha256').update(email).digest();

/** The failures of an address whose window is still open. */
export const findAttempts = (
  tx: Transaction,
  email: string,
  now: Date,
): Promise<SignInAttempts | undefined> =>
  tx.row(sql`select failures, window_ends_at as "windowEndsAt" from identity.sign_in_attempt
    where email_hash = ${hashOf(email)} and window_ends_at > ${now}`);

/** The same, and nobody else counts or clears until this transaction is over. */
export const lockAttempts = (
  tx: Transaction,
  email: string,
  now: Date,
): Promise<SignInAttempts | undefined> =>
  tx.row(sql`select failures, window_ends_at as "windowEndsAt" from identity.sign_in_attempt
    where email_hash = ${hashOf(email)} and window_ends_at > ${now} for update`);

/** Counts one more failure, in a new window where the last one is over. */
export const countFailure = (tx: Transaction, email: string, now: Date): Promise<SignInAttempts> =>
  tx.one(sql`insert into identity.sign_in_attempt as known (email_hash, failures, window_ends_at)
    values (${hashOf(email)}, 1, ${new Date(now.getTime() + FAILURE_WINDOW_MS)})
    on conflict (email_hash) do update set
      failures = case when known.window_ends_at > ${now} then known.failures + 1 else 1 end,
      window_ends_at = case when known.window_ends_at > ${now} then known.window_ends_at else excluded.window_ends_at end
    returning failures, window_ends_at as "windowEndsAt"`);

export const clearFailures = (tx: Transaction, email: string): Promise<number> =>
  tx.run(sql`delete from identity.sign_in_attempt where email_hash = ${hashOf(email)}`);

/** Forgets some windows that are long over, so that tried addresses don't pile up. */
export const forgetOldAttempts = (tx: Transaction, now: Date): Promise<number> =>
  tx.run(sql`delete from identity.sign_in_attempt where email_hash in (
    select email_hash from identity.sign_in_attempt where window_ends_at < ${now} limit 20 for update skip locked)`);
