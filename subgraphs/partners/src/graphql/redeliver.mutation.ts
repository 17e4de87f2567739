import type { RequestContext } from '@plaza/platform/graphql/context';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { DeliveryRow } from '../database/delivery.entity.js';
import { redeliver, type RedeliverOutcome } from '../use-cases/redeliver.js';
import { DeliveryType } from './delivery.type.js';
import { WebhookEndpointDisabledType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';

@InputType({ description: 'The delivery to repeat.' })
export class RedeliverInput {
  @Field(() => ID, { description: 'The id of the delivery.' })
  deliveryId!: string;
}

@ObjectType({ description: 'The event is on its way again.' })
export class RedeliveryStarted {
  @Field(() => DeliveryType, { description: 'The new delivery.' })
  delivery!: DeliveryRow;
}

const RedeliverResult = createUnionType({
  name: 'RedeliverResult',
  description: 'What comes of redeliver.',
  types: () => [RedeliveryStarted, WebhookEndpointDisabledType] as const,
  resolveType: byTypename,
});

@Resolver()
export class RedeliverMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => RedeliverResult, {
    description: 'Sends the event of a delivery again: same bytes, same webhook-id, a delivery of its own.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:write"]])')
  redeliver(
    @Arg('input', { description: 'The delivery to repeat.' }) input: RedeliverInput,
    @Ctx() context: RequestContext,
  ): Promise<RedeliverOutcome> {
    return redeliver(this.on(context), input);
  }
}
