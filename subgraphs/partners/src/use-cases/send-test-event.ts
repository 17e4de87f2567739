import { notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { requireScope } from '@plaza/platform/viewer';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { lockEndpoint } from '../database/webhook-endpoint.queries.js';
import { TEST_EVENT } from '../domain/webhook-message.js';
import { requireId } from './input.js';
import type { PartnersContext } from './partners-context.js';

export interface WebhookEndpointDisabled {
  __typename: 'WebhookEndpointDisabled';
  message: string;
  endpoint: WebhookEndpointRow;
}

/** What the stories that send something answer for an endpoint that is switched off. */
export const endpointDisabled = (endpoint: WebhookEndpointRow): WebhookEndpointDisabled => ({
  __typename: 'WebhookEndpointDisabled',
  message: 'This endpoint is disabled. Enable it first.',
  endpoint,
});

export type SendTestEventOutcome =
  { __typename: 'TestEventSent'; endpoint: WebhookEndpointRow } | WebhookEndpointDisabled;

/** Sends a test event to one endpoint, by the same way as every other event: through the log. */
export async function sendTestEvent(
  on: PartnersContext,
  input: { endpointId: string },
): Promise<SendTestEventOutcome> {
  const viewer = requireScope(on.viewer, 'webhooks:write');
  const id = requireId('Webhook endpoint', input.endpointId);
  return on.database.write(viewer, async (tx) => {
    const endpoint = await lockEndpoint(tx, id);
    if (!endpoint) throw notFound('Webhook endpoint');
    if (endpoint.status === 'DISABLED') return endpointDisabled(endpoint);
    await appendEvent(tx, {
      type: TEST_EVENT,
      subject: { type: 'WebhookEndpoint', id },
      occurredAt: on.clock.now(),
      data: { endpointId: id },
    });
    return { __typename: 'TestEventSent', endpoint };
  });
}
