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
import type { WebhookEndpointRow } from '../database/webhook-endpoint.entity.js';
import { sendTestEvent, type SendTestEventOutcome } from '../use-cases/send-test-event.js';
import { WebhookEndpointDisabledType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

@InputType({ description: 'The endpoint to try out.' })
export class SendTestEventInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;
}

@ObjectType({ description: 'The test event is on its way; see the endpoint’s deliveries.' })
export class TestEventSent {
  @Field(() => WebhookEndpointType, { description: 'The endpoint.' })
  endpoint!: WebhookEndpointRow;
}

const SendTestEventResult = createUnionType({
  name: 'SendTestEventResult',
  description: 'What comes of sendTestEvent.',
  types: () => [TestEventSent, WebhookEndpointDisabledType] as const,
  resolveType: byTypename,
});

@Resolver()
export class SendTestEventMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => SendTestEventResult, {
    description: 'Sends an event of type "webhook.test" to one endpoint, whatever types it chose.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:write"]])')
  sendTestEvent(
    @Arg('input', { description: 'The endpoint to try out.' }) input: SendTestEventInput,
    @Ctx() context: RequestContext,
  ): Promise<SendTestEventOutcome> {
    return sendTestEvent(this.on(context), input);
  }
}
