import { EventEnvelope, type EventReference } from '@plaza/platform/graphql/event-envelope';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Arg, Directive, Field, ID, ObjectType, Resolver, Subscription } from 'type-graphql';
import type { PaymentsLoaders } from './loaders.js';
import { Payment } from './payment.type.js';

@Directive('@key(fields: "eventId")')
@ObjectType({ implements: EventEnvelope, description: 'A payment was taken.' })
export class PaymentReceived extends EventEnvelope {
  @Field(() => Payment, { nullable: true, description: 'The payment as it is now.' })
  payment!: Payment | null;
}

/** Makes the payload of an event that the gateway took from the log. */
export const paymentReceived = async (
  load: PaymentsLoaders,
  { subjectId, ...envelope }: EventReference,
  context: RequestContext,
) => ({
  ...envelope,
  payment: await load.payment(context, subjectId),
});

@Resolver()
export class PaymentReceivedSubscription {
  @Directive('@requiresScopes(scopes: [["payments:read"]])')
  @Directive('@eventSource(types: ["payment.succeeded"], kind: "EVENT", location: "locationId")')
  @Subscription(() => PaymentReceived, {
    topics: 'payment.succeeded',
    description: 'Every payment that was taken, each once and in order.',
  })
  paymentReceived(
    @Arg('locationId', () => ID, {
      nullable: true,
      description: 'Only at this location; everywhere unless told.',
    })
    _locationId: string | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last event seen: first everything since.',
    })
    _after: string | null,
  ): PaymentReceived {
    throw new Error('Subscriptions are executed by the gateway.');
  }
}
