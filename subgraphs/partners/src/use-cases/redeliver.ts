import { notFound } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import type { DeliveryRow } from '../database/delivery.entity.js';
import { copyDelivery, findDeliveries } from '../database/delivery.queries.js';
import { lockEndpoint } from '../database/webhook-endpoint.queries.js';
import { requireId } from './input.js';
import type { PartnersContext } from './partners-context.js';
import { endpointDisabled, type WebhookEndpointDisabled } from './send-test-event.js';

export type RedeliverOutcome =
  { __typename: 'RedeliveryStarted'; delivery: DeliveryRow } | WebhookEndpointDisabled;

/** Sends the same event with the same bytes and the same webhook-id again, as a delivery of its own. */
export async function redeliver(
  on: PartnersContext,
  input: { deliveryId: string },
): Promise<RedeliverOutcome> {
  const viewer = requireScope(on.viewer, 'webhooks:write');
  const id = requireId('Delivery', input.deliveryId);
  return on.database.write(viewer, async (tx) => {
    const [earlier] = await findDeliveries(tx, [id]);
    const endpoint = earlier && (await lockEndpoint(tx, earlier.endpointId));
    if (!endpoint) throw notFound('Delivery');
    if (endpoint.status === 'DISABLED') return endpointDisabled(endpoint);
    return { __typename: 'RedeliveryStarted', delivery: await copyDelivery(tx, id, newId(), on.clock.now()) };
  });
}
