import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { SigningKey, type SigningKeyRow } from './signing-key.entity.js';

/** All signing keys, newest first. */
export const findSigningKeys = (tx: Transaction): Promise<SigningKeyRow[]> =>
  tx.rows(sql`select ${sql.columns(SigningKey)} from identity.signing_key order by created_at desc, kid`);

/** Makes everybody who wants to add a key wait until this transaction is over. */
export const lockSigningKeys = (tx: Transaction): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtext('identity.signing_key'))`);

export const addSigningKey = (tx: Transaction, key: SigningKeyRow): Promise<number> =>
  tx.run(sql`insert into identity.signing_key (kid, public_jwk, private_jwk, created_at)
    values (${key.kid}, ${JSON.stringify(key.publicJwk)}, ${key.privateJwk}, ${key.createdAt})`);
