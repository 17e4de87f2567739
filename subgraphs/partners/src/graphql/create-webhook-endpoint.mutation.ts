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
  createWebhookEndpoint,
  type CreateWebhookEndpointOutcome,
} from '../use-cases/create-webhook-endpoint.js';
import { UrlNotAllowedType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

@InputType({ description: 'The endpoint to make.' })
export class CreateWebhookEndpointInput {
  @Field({
    description:
      'Where the requests go: https:// and a host on the public internet. A server in development also takes http://localhost.',
  })
  url!: string;

  @Field(() => [String], {
    description:
      'The types of events to send, at least one. You need the scope of each: see eventTypes.readableWith.',
  })
  eventTypes!: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The partner who is told; without it, it is your own endpoint.',
  })
  partnerId?: string | null;

  @Field(() => String, { nullable: true, description: 'What the endpoint is for, up to 500 characters.' })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '1 to 255 characters of your choice: the same key again returns the first result.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The endpoint was made and is told from now on.' })
export class WebhookEndpointCreated {
  @Field(() => WebhookEndpointType, { description: 'The new endpoint.' })
  endpoint!: WebhookEndpointRow;

  @Field({
    description:
      'The secret that verifies the requests, whsec_...: shown now and never again. It can be rotated.',
  })
  signingSecret!: string;
}

const CreateWebhookEndpointResult = createUnionType({
  name: 'CreateWebhookEndpointResult',
  description: 'What comes of createWebhookEndpoint.',
  types: () => [WebhookEndpointCreated, UrlNotAllowedType] as const,
  resolveType: byTypename,
});

@Resolver()
export class CreateWebhookEndpointMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => CreateWebhookEndpointResult, {
    description: 'Has every event of the chosen types, as far as you may see it, sent to a URL from now on.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:write"]])')
  createWebhookEndpoint(
    @Arg('input', { description: 'The endpoint to make.' }) input: CreateWebhookEndpointInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateWebhookEndpointOutcome> {
    return createWebhookEndpoint(this.on(context), input);
  }
}
