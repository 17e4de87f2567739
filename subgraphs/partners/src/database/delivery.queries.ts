import { sql } from '@plaza/platform/database/sql';
import type { Transaction } from '@plaza/platform/database/transaction';
import { keyset, type Page } from '@plaza/platform/graphql/connection';
import {
  DeliveryAttemptEntity,
  type DeliveryAttemptRow,
  DeliveryEntity,
  type DeliveryRow,
} from './delivery.entity.js';

const columns = sql.columns(DeliveryEntity);
const attemptColumns = sql.columns(DeliveryAttemptEntity);

export interface NewDelivery {
  id: string;
  endpointId: string;
  feedId: string;
  eventId: string;
  eventType: string;
  body: string;
}

/** Makes deliveries that are due at once; one that the feed has made before is left as it is. */
export const insertDeliveries = (
  tx: Transaction,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<number> =>
  tx.run(sql`insert into partners.delivery (id, endpoint_id, feed_id, event_id, event_type, body, next_attempt_at,
      created_at)
    select d.id, d."endpointId", d."feedId", d."eventId", d."eventType", d.body, ${at}::timestamptz, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb)
        as d(id uuid, "endpointId" uuid, "feedId" uuid, "eventId" uuid, "eventType" text, body text)
    on conflict on constraint delivery_once do nothing`);

/** Makes a second delivery of the same event to the same endpoint, due at once. */
export const copyDelivery = (tx: Transaction, of: string, id: string, at: Date): Promise<DeliveryRow> =>
  tx.one(sql`insert into partners.delivery (id, endpoint_id, redelivery_of, event_id, event_type, body,
      next_attempt_at, created_at)
    select ${id}::uuid, endpoint_id, id, event_id, event_type, body, ${at}::timestamptz, ${at}::timestamptz from partners.delivery where id = ${of}
    returning ${columns}`);

export const findDeliveries = (tx: Transaction, ids: readonly string[]): Promise<DeliveryRow[]> =>
  tx.rows(sql`select ${columns} from partners.delivery where id = any(${ids})`);

/** A page of each endpoint's deliveries, the newest first. */
export const listDeliveries = (
  tx: Transaction,
  endpointIds: readonly string[],
  page: Page,
  status: DeliveryRow['status'] | null,
): Promise<DeliveryRow[]> =>
  tx.rows(sql`select d.* from unnest(${endpointIds}::uuid[]) as wanted(id) cross join lateral (
      select ${columns} from partners.delivery
        where endpoint_id = wanted.id and (${status}::text is null or status = ${status})
        ${keyset(page, 'delivery.id', 'desc')}) d`);

/** How many deliveries each endpoint has; one without any is missing. */
export const countDeliveries = (
  tx: Transaction,
  endpointIds: readonly string[],
  status: DeliveryRow['status'] | null,
): Promise<{ endpointId: string; count: number }[]> =>
  tx.rows(sql`select endpoint_id as "endpointId", count(*) from partners.delivery
    where endpoint_id = any(${endpointIds}) and (${status}::text is null or status = ${status})
    group by endpoint_id`);

export const findAttempts = (
  tx: Transaction,
  deliveryIds: readonly string[],
): Promise<DeliveryAttemptRow[]> =>
  tx.rows(sql`select ${attemptColumns} from partners.delivery_attempt
    where delivery_id = any(${deliveryIds}) order by delivery_id, number`);
