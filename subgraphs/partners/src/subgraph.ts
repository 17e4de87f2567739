import 'reflect-metadata';
import { EventListener } from '@plaza/platform/events/listener';
import { buildSubgraph } from '@plaza/platform/graphql/build-subgraph';
import { type RequestContext, requestContext } from '@plaza/platform/graphql/context';
import type { EventReference } from '@plaza/platform/graphql/event-envelope';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { readWebhookSettings } from './config.js';
import { CreateApiKeyMutation } from './graphql/create-api-key.mutation.js';
import { CreatePartnerMutation } from './graphql/create-partner.mutation.js';
import { CreateWebhookEndpointMutation } from './graphql/create-webhook-endpoint.mutation.js';
import { EventResolver } from './graphql/event.resolver.js';
import { eventBatch, EventsSubscription } from './graphql/events.subscription.js';
import { PartnersLoaders } from './graphql/loaders.js';
import { ApiKeyResolver, PartnerResolver } from './graphql/partner.resolver.js';
import { RedeliverMutation } from './graphql/redeliver.mutation.js';
import { ReplayEventsMutation } from './graphql/replay-events.mutation.js';
import { RevokeApiKeyMutation } from './graphql/revoke-api-key.mutation.js';
import { RotateWebhookSecretMutation } from './graphql/rotate-webhook-secret.mutation.js';
import { SendTestEventMutation } from './graphql/send-test-event.mutation.js';
import type { StoryContext } from './graphql/story-context.js';
import { UpdateWebhookEndpointMutation } from './graphql/update-webhook-endpoint.mutation.js';
import { webhookDelivered, WebhookDeliveredSubscription } from './graphql/webhook-delivered.subscription.js';
import { DeliveryResolver, WebhookEndpointResolver } from './graphql/webhook-endpoint.resolver.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { WebhookWorker } from './webhooks/webhook-worker.js';

/** Partners, their keys, and the webhooks that tell them what happened. */
export async function createPartnersSubgraph(
  deps: SubgraphDeps,
  settings = readWebhookSettings(),
): Promise<Subgraph> {
  const { database, clock, secrets, logger, databaseUrl } = deps;
  const addresses = { allowLoopback: settings.allowLoopback };
  const on: StoryContext = ({ viewer }) => ({ viewer, database, clock, secrets, addresses });
  const load = new PartnersLoaders(database);
  const { schema, sdl } = await buildSubgraph({
    resolvers: [
      new PartnerResolver(database, load),
      new ApiKeyResolver(load),
      new WebhookEndpointResolver(database, clock, load),
      new DeliveryResolver(load),
      new EventResolver(on),
      new EventsSubscription(),
      new WebhookDeliveredSubscription(),
      new CreatePartnerMutation(on),
      new CreateApiKeyMutation(on),
      new RevokeApiKeyMutation(on),
      new CreateWebhookEndpointMutation(on),
      new UpdateWebhookEndpointMutation(on),
      new RotateWebhookSecretMutation(on),
      new SendTestEventMutation(on),
      new ReplayEventsMutation(on),
      new RedeliverMutation(on),
    ],
    references: {
      EventBatch: eventBatch,
      WebhookDelivered: (event: EventReference, context: RequestContext) =>
        webhookDelivered(load, event, context),
    },
  });
  const sender = new WebhookSender(addresses, settings.timeoutMs);
  const worker = new WebhookWorker({ database, clock, secrets, logger, settings, sender });
  const listener = databaseUrl
    ? new EventListener({ url: databaseUrl, logger, onGrown: worker.logGrown, onConnect: () => undefined })
    : null;
  return {
    name: 'partners',
    schema,
    sdl,
    context: requestContext,
    forgettable: ['partners.idempotency_key'],
    async start() {
      await listener?.start();
      worker.start();
    },
    async close() {
      await listener?.close();
      await worker.close();
    },
  };
}
