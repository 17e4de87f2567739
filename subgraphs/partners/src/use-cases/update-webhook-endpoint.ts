import { notFound } from '@plaza/platform/errors';
import { readHead } from '@plaza/platform/events/read';
import { readableTypes } from '@plaza/platform/events/readable-types';
import { requireScope } from '@plaza/platform/viewer';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { lockEndpoint, updateEndpoint } from '../database/webhook-endpoint.queries.js';
import { moveLiveFeed } from '../database/webhook-feed.queries.js';
import { endpointUrlProblem } from '../domain/webhook-address.js';
import { requireEventTypes, requireId, requireText } from './input.js';
import type { PartnersContext } from './partners-context.js';
import type { UrlNotAllowed } from './create-webhook-endpoint.js';

/** What is left out stays as it is. */
export interface WebhookEndpointChange {
  endpointId: string;
  url?: string | null;
  eventTypes?: string[] | null;
  description?: string | null;
  enabled?: boolean | null;
}

export type UpdateWebhookEndpointOutcome =
  { __typename: 'WebhookEndpointUpdated'; endpoint: WebhookEndpointRow } | UrlNotAllowed;

/**
 * Changes an endpoint. One that is enabled again goes on with what happens from now on; what it missed can be replayed.
 * Deliveries that were under way when it was disabled go on.
 */
export async function updateWebhookEndpoint(
  on: PartnersContext,
  input: WebhookEndpointChange,
): Promise<UpdateWebhookEndpointOutcome> {
  const viewer = requireScope(on.viewer, 'webhooks:write');
  const id = requireId('Webhook endpoint', input.endpointId);
  const problem = input.url != null ? endpointUrlProblem(input.url, on.addresses) : null;
  if (problem) return { __typename: 'UrlNotAllowed', message: problem };
  const chosen = {
    ...(input.url != null ? { url: new URL(input.url).href } : {}),
    ...(input.eventTypes ? { eventTypes: requireEventTypes(viewer, input.eventTypes) } : {}),
    ...(input.description != null ? { description: requireText('description', input.description, 500) } : {}),
  };
  return on.database.write(viewer, async (tx) => {
    const known = await lockEndpoint(tx, id);
    if (!known) throw notFound('Webhook endpoint');
    // whoever moves it may be about to read what it is told
    if (chosen.url !== undefined && chosen.url !== known.url) readableTypes(viewer, known.eventTypes);
    const switched = switchTo(known, input.enabled ?? known.status === 'ENABLED', on.clock.now());
    if (switched.status === 'ENABLED' && known.status === 'DISABLED') {
      await moveLiveFeed(tx, id, (await readHead(tx, viewer.tenantId)).position);
    }
    const endpoint = await updateEndpoint(tx, { ...known, ...switched, ...chosen });
    return { __typename: 'WebhookEndpointUpdated', endpoint };
  });
}

type Switch = Pick<WebhookEndpointRow, 'status' | 'disabledReason' | 'disabledAt' | 'failingSince'>;

function switchTo(known: WebhookEndpointRow, enabled: boolean, at: Date): Switch {
  if (enabled === (known.status === 'ENABLED')) return known;
  return enabled
    ? { status: 'ENABLED', disabledReason: null, disabledAt: null, failingSince: null }
    : { status: 'DISABLED', disabledReason: 'BY_REQUEST', disabledAt: at, failingSince: known.failingSince };
}
