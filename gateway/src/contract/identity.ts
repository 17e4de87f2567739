import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { JWK } from 'jose';

/** A key that verifies access tokens. */
export interface PublicKey {
  kid: string;
  jwk: JWK;
}

const EVERYBODY = { tenantId: null };

/** The keys that verify access tokens, newest first. */
export const readPublicKeys = (database: Database): Promise<PublicKey[]> =>
  database.read(EVERYBODY, (tx) =>
    tx.rows<PublicKey>(sql`select kid, public_jwk as jwk from identity.public_keys()`),
  );

/** Whether a session still stands: neither revoked nor run out. */
export const isSessionLive = (database: Database, sessionId: string): Promise<boolean> =>
  database.read(EVERYBODY, async (tx) => {
    const { live } = await tx.one<{ live: boolean }>(
      sql`select identity.session_is_live(${sessionId}) as live`,
    );
    return live;
  });
