import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
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
import { rotateWebhookSecret, type RotateWebhookSecretOutcome } from '../use-cases/rotate-webhook-secret.js';
import { byTypename, type StoryContext } from './story-context.js';
import { WebhookEndpointType } from './webhook-endpoint.type.js';

@InputType({ description: 'The endpoint that gets a new secret.' })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;
}

@ObjectType({ description: 'The endpoint has a new secret; both sign for a day.' })
export class WebhookSecretRotated {
  @Field(() => WebhookEndpointType, { description: 'The endpoint.' })
  endpoint!: WebhookEndpointRow;

  @Field({ description: 'The new secret, whsec_...: shown now and never again.' })
  signingSecret!: string;

  @Field(() => DateTime, { description: 'Until when the old secret signs beside the new one.' })
  oldSecretExpiresAt!: Date;
}

const RotateWebhookSecretResult = createUnionType({
  name: 'RotateWebhookSecretResult',
  description: 'What comes of rotateWebhookSecret.',
  types: () => [WebhookSecretRotated] as const,
  resolveType: byTypename,
});

@Resolver()
export class RotateWebhookSecretMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => RotateWebhookSecretResult, {
    description:
      'Gives an endpoint a new signing secret. Requests carry the old one’s signature too for 24 hours.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:write"]])')
  rotateWebhookSecret(
    @Arg('input', { description: 'The endpoint that gets a new secret.' }) input: RotateWebhookSecretInput,
    @Ctx() context: RequestContext,
  ): Promise<RotateWebhookSecretOutcome> {
    return rotateWebhookSecret(this.on(context), input);
  }
}
