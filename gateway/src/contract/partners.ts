import type { Database } from '@plaza/platform/database/database';
import { sql } from '@plaza/platform/database/sql';
import type { Scope } from '@plaza/platform/viewer';

/** A live API key, as its holder may use it. */
export interface ApiKey {
  id: string;
  tenantId: string;
  name: string;
  scopes: Scope[];
  /** The only locations that it reaches; null: all. */
  locationIds: string[] | null;
  expiresAt: Date | null;
}

/** The key whose secret has this SHA-256, unless it was revoked or has expired. Notes its use. */
export const findApiKey = (database: Database, secretHash: Buffer): Promise<ApiKey | undefined> =>
  database.write({ tenantId: null }, (tx) =>
    tx.row<ApiKey>(sql`
      select id, tenant_id as "tenantId", name, scopes, location_ids as "locationIds", expires_at as "expiresAt"
        from partners.authenticate_api_key(${secretHash})`),
  );
