import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import { ApiKeyEntity, type ApiKeyRow } from './api-key.entity.js';
import { PartnerEntity, type PartnerRow } from './partner.entity.js';

const partnerColumns = sql.columns(PartnerEntity);
const apiKeyColumns = sql.columns(ApiKeyEntity);

export const findPartners = (tx: Transaction, ids: readonly string[]): Promise<PartnerRow[]> =>
  tx.rows(sql`select ${partnerColumns} from partners.partner where id = any(${ids})`);

export const findPartner = async (tx: Transaction, id: string): Promise<PartnerRow | undefined> =>
  (await findPartners(tx, [id]))[0];

export const listPartners = (tx: Transaction, page: Page): Promise<PartnerRow[]> =>
  tx.rows(sql`select ${partnerColumns} from partners.partner where true ${keyset(page, 'id')}`);

export const countPartners = async (tx: Transaction): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*) from partners.partner`)).count;

/** The partner, or undefined when another one has the name. */
export const insertPartner = (tx: Transaction, partner: PartnerRow): Promise<PartnerRow | undefined> =>
  tx.row(sql`insert into partners.partner (id, name, contact_email, created_at)
    values (${partner.id}, ${partner.name}, ${partner.contactEmail}, ${partner.createdAt})
    on conflict (tenant_id, lower(name)) do nothing returning ${partnerColumns}`);

export const findApiKeys = (tx: Transaction, ids: readonly string[]): Promise<ApiKeyRow[]> =>
  tx.rows(sql`select ${apiKeyColumns} from partners.api_key where id = any(${ids})`);

export const findApiKeysOfPartners = (tx: Transaction, partnerIds: readonly string[]): Promise<ApiKeyRow[]> =>
  tx.rows(
    sql`select ${apiKeyColumns} from partners.api_key where partner_id = any(${partnerIds}) order by id`,
  );

/** Who made the key is in the row by its default. */
export const insertApiKey = (
  tx: Transaction,
  key: Omit<ApiKeyRow, 'revokedAt' | 'lastUsedAt'>,
  secretHash: Buffer,
): Promise<ApiKeyRow> =>
  tx.one(sql`insert into partners.api_key (id, partner_id, name, secret_hash, display_prefix, scopes, location_ids,
      expires_at, created_at)
    values (${key.id}, ${key.partnerId}, ${key.name}, ${secretHash}, ${key.displayPrefix}, ${key.scopes},
      ${key.locationIds}, ${key.expiresAt}, ${key.createdAt})
    returning ${apiKeyColumns}`);

/** The key as it has become, or undefined when it was revoked before (or is not there). */
export const markRevoked = (tx: Transaction, id: string, at: Date): Promise<ApiKeyRow | undefined> =>
  tx.row(sql`update partners.api_key set revoked_at = ${at}, revoked_by = plaza.actor()
    where id = ${id} and revoked_at is null returning ${apiKeyColumns}`);
