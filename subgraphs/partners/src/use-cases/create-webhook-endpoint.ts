import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { notFound } from '@plaza/platform/errors';
import { readHead } from '@plaza/platform/events/read';
import { newId } from '@plaza/platform/ids';
import { requireScope, type Viewer } from '@plaza/platform/viewer';
import { findPartner } from '../database/partner.queries.js';
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { insertEndpoint } from '../database/webhook-endpoint.queries.js';
import { insertFeed } from '../database/webhook-feed.queries.js';
import { SigningSecret } from '../domain/signing-secret.js';
import { endpointUrlProblem } from '../domain/webhook-address.js';
import { requireEventTypes, requireId, requireText } from './input.js';
import type { PartnersContext } from './partners-context.js';
import { keepSecret, openSecret } from './signing-secrets.js';

export interface NewWebhookEndpoint {
  url: string;
  eventTypes: string[];
  partnerId?: string | null;
  description?: string | null;
  idempotencyKey?: string | null;
}

export interface UrlNotAllowed {
  __typename: 'UrlNotAllowed';
  message: string;
}

export type CreateWebhookEndpointOutcome =
  | { __typename: 'WebhookEndpointCreated'; endpoint: WebhookEndpointRow; signingSecret: string }
  | UrlNotAllowed;

/** Registers a URL that is told, from now on, of every event of the chosen types that its maker may see. */
export async function createWebhookEndpoint(
  on: PartnersContext,
  input: NewWebhookEndpoint,
): Promise<CreateWebhookEndpointOutcome> {
  const viewer = requireScope(on.viewer, 'webhooks:write');
  const wanted = { ...input, eventTypes: requireEventTypes(viewer, input.eventTypes) };
  if (input.partnerId) requireId('Partner', input.partnerId);
  if (input.description) wanted.description = requireText('description', input.description, 500);
  const problem = endpointUrlProblem(input.url, on.addresses);
  if (problem) return { __typename: 'UrlNotAllowed', message: problem };

  // a key is its caller's: nobody else can have the secret told again
  const command = keyedCommand('partners', viewer, 'createWebhookEndpoint', input);
  const made = await on.database.write(viewer, (tx) =>
    once(tx, command, () => makeEndpoint(on, tx, viewer, wanted)),
  );
  const signingSecret = openSecret(on.secrets, Buffer.from(made.sealed, 'base64')).sharedSecret;
  return { __typename: 'WebhookEndpointCreated', endpoint: made.endpoint, signingSecret };
}

async function makeEndpoint(
  on: PartnersContext,
  tx: Transaction,
  viewer: Viewer,
  wanted: NewWebhookEndpoint,
): Promise<{ endpoint: WebhookEndpointRow; sealed: string }> {
  if (wanted.partnerId && !(await findPartner(tx, wanted.partnerId))) throw notFound('Partner');
  const createdAt = on.clock.now();
  const endpointId = newId();
  const [endpoint, head] = await Promise.all([
    insertEndpoint(tx, {
      id: endpointId,
      partnerId: wanted.partnerId ?? null,
      url: new URL(wanted.url).href,
      description: wanted.description ?? null,
      eventTypes: wanted.eventTypes,
      locationIds: viewer.locationIds,
      createdAt,
    }),
    readHead(tx, viewer.tenantId),
  ]);
  const live = {
    untilPosition: null,
    eventTypes: null,
    replayedFrom: null,
    replayedTo: null,
    completedAt: null,
  };
  const [sealed] = await Promise.all([
    keepSecret(on, tx, endpointId, SigningSecret.create(), createdAt),
    insertFeed(tx, { id: newId(), endpointId, position: head.position, createdAt, ...live }),
  ]);
  return { endpoint, sealed: sealed.toString('base64') };
}
