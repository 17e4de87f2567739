import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import { WebhookEndpointEntity, type WebhookEndpointRow } from './webhook-endpoint.entity.js';
import { WebhookSecretEntity, type WebhookSecretRow } from './webhook-secret.entity.js';

const columns = sql.columns(WebhookEndpointEntity);
const secretColumns = sql.columns(WebhookSecretEntity);
/** Somebody who rotates many times in a day must not grow the signature header without bound. */
const MOST_SECRETS = 5;

export const findEndpoints = (tx: Transaction, ids: readonly string[]): Promise<WebhookEndpointRow[]> =>
  tx.rows(sql`select ${columns} from partners.webhook_endpoint where id = any(${ids})`);

export const lockEndpoint = (tx: Transaction, id: string): Promise<WebhookEndpointRow | undefined> =>
  tx.row(sql`select ${columns} from partners.webhook_endpoint where id = ${id} for update`);

export const listEndpoints = (tx: Transaction, page: Page): Promise<WebhookEndpointRow[]> =>
  tx.rows(sql`select ${columns} from partners.webhook_endpoint where true ${keyset(page, 'id')}`);

export const countEndpoints = async (tx: Transaction): Promise<number> =>
  (await tx.one<{ count: number }>(sql`select count(*) from partners.webhook_endpoint`)).count;

export const findEndpointsOfPartners = (
  tx: Transaction,
  partnerIds: readonly string[],
): Promise<WebhookEndpointRow[]> =>
  tx.rows(
    sql`select ${columns} from partners.webhook_endpoint where partner_id = any(${partnerIds}) order by id`,
  );

export type NewEndpointRow = Pick<
  WebhookEndpointRow,
  'id' | 'partnerId' | 'url' | 'description' | 'eventTypes' | 'locationIds' | 'createdAt'
>;

export const insertEndpoint = (tx: Transaction, endpoint: NewEndpointRow): Promise<WebhookEndpointRow> =>
  tx.one(sql`insert into partners.webhook_endpoint (id, partner_id, url, description, event_types, location_ids, status,
      created_at)
    values (${endpoint.id}, ${endpoint.partnerId}, ${endpoint.url}, ${endpoint.description}, ${endpoint.eventTypes},
      ${endpoint.locationIds}, 'ENABLED', ${endpoint.createdAt})
    returning ${columns}`);

export const updateEndpoint = (tx: Transaction, endpoint: WebhookEndpointRow): Promise<WebhookEndpointRow> =>
  tx.one(sql`update partners.webhook_endpoint set url = ${endpoint.url}, description = ${endpoint.description},
      event_types = ${endpoint.eventTypes}, status = ${endpoint.status}, disabled_reason = ${endpoint.disabledReason},
      disabled_at = ${endpoint.disabledAt}, failing_since = ${endpoint.failingSince}
    where id = ${endpoint.id} returning ${columns}`);

/** Disables an endpoint that is enabled; one that is not keeps its reason. */
export const disableEndpoint = (
  tx: Transaction,
  id: string,
  reason: 'GONE' | 'FAILING',
  at: Date,
): Promise<number> =>
  tx.run(sql`update partners.webhook_endpoint
    set status = 'DISABLED', disabled_reason = ${reason}, disabled_at = ${at}
    where id = ${id} and status = 'ENABLED'`);

export const insertSecret = (tx: Transaction, secret: Omit<WebhookSecretRow, 'expiresAt'>): Promise<number> =>
  tx.run(sql`insert into partners.webhook_secret (id, endpoint_id, sealed, public_key, created_at)
    values (${secret.id}, ${secret.endpointId}, ${secret.sealed}, ${secret.publicKey}, ${secret.createdAt})`);

/** Gives the endpoint's current secret an end. */
export const retireSecret = (tx: Transaction, endpointId: string, expiresAt: Date): Promise<number> =>
  tx.run(sql`update partners.webhook_secret set expires_at = ${expiresAt}
    where endpoint_id = ${endpointId} and expires_at is null`);

/** The endpoints' secrets that sign at an instant, the newest first. */
export const findValidSecrets = (
  tx: Transaction,
  endpointIds: readonly string[],
  at: Date,
): Promise<WebhookSecretRow[]> =>
  tx.rows(sql`select s.* from unnest(${endpointIds}::uuid[]) as wanted(id) cross join lateral (
      select ${secretColumns} from partners.webhook_secret
        where endpoint_id = wanted.id and (expires_at is null or expires_at > ${at})
        order by created_at desc limit ${MOST_SECRETS}) s`);
