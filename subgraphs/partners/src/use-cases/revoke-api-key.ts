import { notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { requireScope } from '@plaza/platform/viewer';
import type { ApiKeyRow } from '../database/api-key.entity.js';
import { findApiKeys, markRevoked } from '../database/partner.queries.js';
import { requireId } from './input.js';
import type { PartnersContext } from './partners-context.js';

export interface RevokeApiKeyOutcome {
  __typename: 'ApiKeyRevoked';
  apiKey: ApiKeyRow;
}

/** Makes a key useless, at once and for good. Revoking it again changes nothing. */
export async function revokeApiKey(
  on: PartnersContext,
  input: { apiKeyId: string },
): Promise<RevokeApiKeyOutcome> {
  const viewer = requireScope(on.viewer, 'partners:write');
  const id = requireId('API key', input.apiKeyId);
  return on.database.write(viewer, async (tx) => {
    const at = on.clock.now();
    const revoked = await markRevoked(tx, id, at);
    if (revoked) {
      await appendEvent(tx, {
        type: 'api_key.revoked',
        subject: { type: 'ApiKey', id },
        occurredAt: at,
        data: { apiKeyId: id, partnerId: revoked.partnerId, name: revoked.name },
      });
      return { __typename: 'ApiKeyRevoked', apiKey: revoked };
    }
    const [apiKey] = await findApiKeys(tx, [id]);
    if (!apiKey) throw notFound('API key');
    return { __typename: 'ApiKeyRevoked', apiKey };
  });
}
