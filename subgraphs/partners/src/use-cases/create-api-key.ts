import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { newId } from '@plaza/platform/ids';
import { requireScope, type Scope, SCOPES, type Viewer } from '@plaza/platform/viewer';
import { missingLocations } from '../contract/spaces.js';
import type { ApiKeyRow } from '../database/api-key.entity.js';
import { findPartner, insertApiKey } from '../database/partner.queries.js';
import { newApiKeySecret } from '../domain/api-key-secret.js';
import { requireId, requireText } from './input.js';
import type { PartnersContext } from './partners-context.js';

export interface NewApiKey {
  partnerId: string;
  name: string;
  scopes: string[];
  locationIds?: string[] | null;
  expiresAt?: Date | null;
  idempotencyKey?: string | null;
}

type WantedApiKey = Omit<NewApiKey, 'scopes'> & { scopes: Scope[] };

type NotGranted =
  | { __typename: 'ScopesNotGranted'; message: string; scopes: string[] }
  | { __typename: 'LocationsNotGranted'; message: string; locationIds: string[] };

export type CreateApiKeyOutcome =
  { __typename: 'ApiKeyCreated'; apiKey: ApiKeyRow; secret: string } | NotGranted;

/** What may stand in the table of idempotency keys: the secret only sealed. */
interface KeptApiKey {
  apiKey: ApiKeyRow;
  sealedSecret: string;
}

const REPLAY = 'api key secret of an idempotent replay';

/**
 * Makes an API key for a partner. It can never do more than whoever makes it. Throws BAD_USER_INPUT for a location that does
 * not exist, NOT_FOUND for a partner.
 */
export async function createApiKey(on: PartnersContext, input: NewApiKey): Promise<CreateApiKeyOutcome> {
  const viewer = requireScope(on.viewer, 'partners:write');
  const wanted = {
    ...input,
    name: requireText('name', input.name, 100),
    scopes: requireScopes(input.scopes),
  };
  requireId('Partner', input.partnerId);
  if (input.expiresAt && input.expiresAt <= on.clock.now()) {
    throw badUserInput('expiresAt', 'A key must expire in the future.');
  }
  const refusal = refuse(viewer, wanted);
  if (refusal) return refusal;

  // a key is its caller's: nobody else can have the secret told again
  const command = keyedCommand('partners', viewer, 'createApiKey', input);
  const kept = await on.database.write(viewer, (tx) =>
    once(tx, command, () => makeKey(on, tx, viewer, wanted)),
  );
  const secret = on.secrets.decrypt(REPLAY, Buffer.from(kept.sealedSecret, 'base64')).toString('utf8');
  return { __typename: 'ApiKeyCreated', apiKey: kept.apiKey, secret };
}

async function makeKey(
  on: PartnersContext,
  tx: Transaction,
  viewer: Viewer,
  wanted: WantedApiKey,
): Promise<KeptApiKey> {
  const [partner, missing] = await Promise.all([
    findPartner(tx, wanted.partnerId),
    missingLocations(tx, wanted.locationIds ?? []),
  ]);
  if (!partner) throw notFound('Partner');
  if (missing.length > 0) throw badUserInput('locationIds', 'One of these locations does not exist.');
  const { secret, hash, displayPrefix } = newApiKeySecret();
  const createdAt = on.clock.now();
  const key = {
    id: newId(),
    partnerId: partner.id,
    name: wanted.name,
    displayPrefix,
    scopes: wanted.scopes,
    locationIds: wanted.locationIds ?? viewer.locationIds,
    expiresAt: wanted.expiresAt ?? null,
    createdAt,
  };
  const [apiKey] = await Promise.all([
    insertApiKey(tx, key, hash),
    appendEvent(tx, {
      type: 'api_key.created',
      subject: { type: 'ApiKey', id: key.id },
      occurredAt: createdAt,
      data: { apiKeyId: key.id, partnerId: key.partnerId, name: key.name },
    }),
  ]);
  return { apiKey, sealedSecret: on.secrets.encrypt(REPLAY, secret).toString('base64') };
}

function requireScopes(names: string[]): Scope[] {
  const unknown = names.filter((name) => !(SCOPES as readonly string[]).includes(name));
  if (unknown.length > 0) throw badUserInput('scopes', 'One of these is not a scope.');
  if (names.length === 0) throw badUserInput('scopes', 'A key needs at least one scope.');
  return SCOPES.filter((scope) => names.includes(scope));
}

function refuse(viewer: Viewer, { scopes, locationIds }: WantedApiKey): NotGranted | null {
  const missing = scopes.filter((scope) => !viewer.scopes.includes(scope));
  if (missing.length > 0) {
    const message = 'A key can only have scopes that its maker has.';
    return { __typename: 'ScopesNotGranted', message, scopes: missing };
  }
  locationIds?.forEach((id) => requireId('Location', id));
  const beyond = (locationIds ?? []).filter((id) => viewer.locationIds && !viewer.locationIds.includes(id));
  if (locationIds?.length === 0) throw badUserInput('locationIds', 'Leave it out to allow every location.');
  if (beyond.length === 0) return null;
  const message = 'A key can only reach locations that its maker can.';
  return { __typename: 'LocationsNotGranted', message, locationIds: beyond };
}
