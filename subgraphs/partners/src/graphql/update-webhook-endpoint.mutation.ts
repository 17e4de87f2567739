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
import {
  updateWebhookEndpoint,
  type UpdateWebhookEndpointOutcome,
} from '../use-cases/update-webhook-endpoint.js';
import { UrlNotAllowedType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

@InputType({ description: 'The endpoint to change; what is left out stays as it is.' })
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => String, { nullable: true, description: 'Where the requests go from now on.' })
  url?: string | null;

  @Field(() => [String], { nullable: true, description: 'The types of events to send from now on.' })
  eventTypes?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What the endpoint is for, up to 500 characters.' })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'false disables the endpoint; true enables it again, from then on: what it missed can be sent with replayEvents.',
  })
  enabled?: boolean | null;
}

@ObjectType({ description: 'The endpoint was changed.' })
export class WebhookEndpointUpdated {
  @Field(() => WebhookEndpointType, { description: 'The endpoint as it is now.' })
  endpoint!: WebhookEndpointRow;
}

const UpdateWebhookEndpointResult = createUnionType({
  name: 'UpdateWebhookEndpointResult',
  description: 'What comes of updateWebhookEndpoint.',
  types: () => [WebhookEndpointUpdated, UrlNotAllowedType] as const,
  resolveType: byTypename,
});

@Resolver()
export class UpdateWebhookEndpointMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => UpdateWebhookEndpointResult, {
    description: 'Changes, disables or enables a webhook endpoint.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:write"]])')
  updateWebhookEndpoint(
    @Arg('input', { description: 'The endpoint to change.' }) input: UpdateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateWebhookEndpointOutcome> {
    return updateWebhookEndpoint(this.on(context), input);
  }
}
