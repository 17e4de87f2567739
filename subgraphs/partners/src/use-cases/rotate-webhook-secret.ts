import { notFound } from '@plaza/platform/errors';
import { requireScope } from '@plaza/platform/viewer';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { lockEndpoint, retireSecret } from '../database/webhook-endpoint.queries.js';
import { RETIRED_SECRET_HOURS, SigningSecret } from '../domain/signing-secret.js';
import { requireId } from './input.js';
import type { PartnersContext } from './partners-context.js';
import { keepSecret } from './signing-secrets.js';

export interface RotateWebhookSecretOutcome {
  __typename: 'WebhookSecretRotated';
  endpoint: WebhookEndpointRow;
  signingSecret: string;
  oldSecretExpiresAt: Date;
}

/** Gives the endpoint a new signing secret. The old one signs beside it for a day, so that the receiver can change over. */
export async function rotateWebhookSecret(
  on: PartnersContext,
  input: { endpointId: string },
): Promise<RotateWebhookSecretOutcome> {
  const viewer = requireScope(on.viewer, 'webhooks:write');
  const id = requireId('Webhook endpoint', input.endpointId);
  return on.database.write(viewer, async (tx) => {
    const endpoint = await lockEndpoint(tx, id);
    if (!endpoint) throw notFound('Webhook endpoint');
    const now = on.clock.now();
    const oldSecretExpiresAt = new Date(now.getTime() + RETIRED_SECRET_HOURS * 3_600_000);
    const secret = SigningSecret.create();
    // in this order: one secret at a time has no end
    await Promise.all([retireSecret(tx, id, oldSecretExpiresAt), keepSecret(on, tx, id, secret, now)]);
    return {
      __typename: 'WebhookSecretRotated',
      endpoint,
      signingSecret: secret.sharedSecret,
      oldSecretExpiresAt,
    };
  });
}
