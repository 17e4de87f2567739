import type { RequestContext } from '@plaza/platform/graphql/context';
import { EventEnvelope, type EventReference } from '@plaza/platform/graphql/event-envelope';
import { Arg, Directive, Field, ID, ObjectType, Resolver, Subscription } from 'type-graphql';
import type { DeliveryRow } from '../database/delivery.entity.js';
import { DeliveryType } from './delivery.type.js';
import type { PartnersLoaders } from './loaders.js';

@Directive('@key(fields: "eventId")')
@ObjectType({
  implements: EventEnvelope,
  description: 'An attempt to deliver a webhook ended: its type is webhook.delivered or webhook.failed.',
})
export class WebhookDelivered extends EventEnvelope {
  @Field(() => DeliveryType, {
    nullable: true,
    description: 'The delivery as it is now; null when you may not see it or it is no longer kept.',
  })
  delivery!: DeliveryRow | null;
}

/** Makes the payload of an event that the gateway took from the log. */
export const webhookDelivered = async (
  load: PartnersLoaders,
  { subjectId, ...envelope }: EventReference,
  context: RequestContext,
) => ({ ...envelope, delivery: await load.delivery(context, subjectId) });

@Resolver()
export class WebhookDeliveredSubscription {
  @Directive('@requiresScopes(scopes: [["webhooks:read"]])')
  @Directive(
    '@eventSource(types: ["webhook.delivered", "webhook.failed"], kind: "EVENT", matching: "endpointId", lookUp: "webhookEndpoint")',
  )
  @Subscription(() => WebhookDelivered, {
    topics: 'webhookDelivered',
    description: 'Every attempt to deliver a webhook as it ends, well or badly, each once and in order.',
  })
  webhookDelivered(
    @Arg('endpointId', () => ID, {
      nullable: true,
      description: 'Only those to this endpoint; to all unless told.',
    })
    _endpointId: string | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event seen: first everything since.',
    })
    _after: string | null,
  ): WebhookDelivered {
    throw new Error('Subscriptions are executed by the gateway.');
  }
}
