import type { Database } from '@plaza/platform/database/database';
import { type Connection, type Page, toConnection } from '@plaza/platform/graphql/connection';
import { byId, loader, type RequestContext } from '@plaza/platform/graphql/context';
import { requireScope } from '@plaza/platform/viewer';
import type { ApiKeyRow } from '../database/api-key.entity.js';
import type { DeliveryAttemptRow, DeliveryRow } from '../database/delivery.entity.js';
import {
  countDeliveries,
  findAttempts,
  findDeliveries,
  listDeliveries,
} from '../database/delivery.queries.js';
import type { PartnerRow } from '../database/partner.entity.js';
import { findApiKeysOfPartners, findPartners } from '../database/partner.queries.js';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import {
  findEndpoints,
  findEndpointsOfPartners,
  findValidSecrets,
} from '../database/webhook-endpoint.queries.js';
import type { WebhookSecretRow } from '../database/webhook-secret.entity.js';

const PARTNER = Symbol('partner');
const API_KEYS = Symbol('api keys of partner');
const ENDPOINT = Symbol('endpoint');
const ENDPOINTS = Symbol('endpoints of partner');
const SECRETS = Symbol('secrets of endpoint');
const DELIVERY = Symbol('delivery');
const ATTEMPTS = Symbol('attempts of delivery');

/** Rows by the id of what they belong to. */
function grouped<Row>(
  rows: readonly Row[],
  ownerId: (row: Row) => string | null | undefined,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = ownerId(row) ?? '';
    const group = groups.get(id) ?? [];
    group.push(row);
    groups.set(id, group);
  }
  return groups;
}

/** One loader for each choice of arguments: a page of endpoints reads all their deliveries at once. */
const kindOf = (choice: string): symbol => Symbol.for(`plaza partners ${choice}`);

/** Everything that a request reads by key, one statement for all of one kind. */
export class PartnersLoaders {
  constructor(private readonly database: Database) {}

  partner(context: RequestContext, id: string): Promise<PartnerRow | null> {
    const viewer = requireScope(context.viewer, 'partners:read');
    const load = async (ids: readonly string[]) =>
      byId(await this.database.read(viewer, (tx) => findPartners(tx, ids)));
    return loader(context, PARTNER, load).load(id);
  }

  async apiKeysOfPartner(context: RequestContext, partnerId: string): Promise<ApiKeyRow[]> {
    const viewer = requireScope(context.viewer, 'partners:read');
    const load = async (ids: readonly string[]) =>
      grouped(
        await this.database.read(viewer, (tx) => findApiKeysOfPartners(tx, ids)),
        (key) => key.partnerId,
      );
    return (await loader(context, API_KEYS, load).load(partnerId)) ?? [];
  }

  endpoint(context: RequestContext, id: string): Promise<WebhookEndpointRow | null> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const load = async (ids: readonly string[]) =>
      byId(await this.database.read(viewer, (tx) => findEndpoints(tx, ids)));
    return loader(context, ENDPOINT, load).load(id);
  }

  async endpointsOfPartner(context: RequestContext, partnerId: string): Promise<WebhookEndpointRow[]> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const load = async (ids: readonly string[]) =>
      grouped(
        await this.database.read(viewer, (tx) => findEndpointsOfPartners(tx, ids)),
        (row) => row.partnerId,
      );
    return (await loader(context, ENDPOINTS, load).load(partnerId)) ?? [];
  }

  async validSecrets(context: RequestContext, endpointId: string, at: Date): Promise<WebhookSecretRow[]> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const load = async (ids: readonly string[]) =>
      grouped(
        await this.database.read(viewer, (tx) => findValidSecrets(tx, ids, at)),
        (row) => row.endpointId,
      );
    return (await loader(context, SECRETS, load).load(endpointId)) ?? [];
  }

  delivery(context: RequestContext, id: string): Promise<DeliveryRow | null> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const load = async (ids: readonly string[]) =>
      byId(await this.database.read(viewer, (tx) => findDeliveries(tx, ids)));
    return loader(context, DELIVERY, load).load(id);
  }

  async deliveriesOfEndpoint(
    context: RequestContext,
    endpointId: string,
    page: Page,
    status: DeliveryRow['status'] | null,
  ): Promise<Connection<DeliveryRow>> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const load = async (ids: readonly string[]) =>
      grouped(
        await this.database.read(viewer, (tx) => listDeliveries(tx, ids, page, status)),
        (row) => row.endpointId,
      );
    const count = async (ids: readonly string[]) => {
      const counts = await this.database.read(viewer, (tx) => countDeliveries(tx, ids, status));
      return new Map(counts.map((row) => [row.endpointId, row.count]));
    };
    const choice = JSON.stringify([page, status]);
    const rows = await loader(context, kindOf(`deliveries ${choice}`), load).load(endpointId);
    const counts = loader(context, kindOf(`count ${status}`), count);
    return toConnection(rows ?? [], page, async () => (await counts.load(endpointId)) ?? 0);
  }

  async attemptsOfDelivery(context: RequestContext, deliveryId: string): Promise<DeliveryAttemptRow[]> {
    const viewer = requireScope(context.viewer, 'webhooks:read');
    const load = async (ids: readonly string[]) =>
      grouped(await this.database.read(viewer, (tx) => findAttempts(tx, ids)), (row) => row.deliveryId);
    return (await loader(context, ATTEMPTS, load).load(deliveryId)) ?? [];
  }
}
