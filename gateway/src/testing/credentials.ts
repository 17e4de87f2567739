import { createHash } from 'node:crypto';
import { newId } from '@plaza/platform/ids';
import type { TestDatabase } from '@plaza/platform/testing/test-database';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';

/** Credentials that the database vouches for, as identity and partners would have made them. */
export interface Credentials {
  /** A user's access token with these roles. */
  accessToken(roles: string[]): Promise<string>;
  revokeSessions(): Promise<void>;
  /** A partner's API key. */
  apiKey(scopes: string[]): Promise<string>;
  close(): Promise<void>;
}

/** Puts a signing key into the database and signs with it; rows are written as the administrator, whatever they refer to. */
export async function makeCredentials(database: TestDatabase): Promise<Credentials> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query(`set session_replication_role = replica`);
  const kid = newId();
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  await admin.query(`insert into identity.signing_key values ($1, $2, '', now())`, [
    kid,
    await exportJWK(publicKey),
  ]);
  return {
    async accessToken(roles) {
      const [tid, sub, sid] = [newId(), newId(), newId()];
      await admin.query(
        `insert into identity.session (id, tenant_id, user_id, created_at, last_used_at, expires_at)
           values ($1, $2, $3, now(), now(), now() + interval '1 day')`,
        [sid, tid, sub],
      );
      return new SignJWT({ tid, sid, roles })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer('plaza')
        .setAudience('plaza')
        .setSubject(sub)
        .setExpirationTime('15m')
        .sign(privateKey);
    },
    async revokeSessions() {
      await admin.query(`update identity.session set revoked_at = now(), revoked_because = 'REVOKED'`);
    },
    async apiKey(scopes) {
      const secret = `plz_live_${newId()}`;
      await admin.query(
        `insert into partners.api_key (id, tenant_id, partner_id, name, secret_hash, display_prefix, scopes, created_at, created_by)
           values ($1, $2, $3, 'ERP', $4, 'plz_live_', $5, now(), '{}')`,
        [newId(), newId(), newId(), createHash('sha256').update(secret).digest(), scopes],
      );
      return secret;
    },
    close: () => admin.end(),
  };
}
