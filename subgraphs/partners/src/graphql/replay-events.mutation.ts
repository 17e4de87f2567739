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
import type { WebhookFeedRow } from '../database/webhook-feed.entity.js';
import { replayEvents, type ReplayEventsOutcome } from '../use-cases/replay-events.js';
import { WebhookEndpointDisabledType } from './problem.types.js';
import { byTypename, type StoryContext } from './story-context.js';

@InputType({ description: 'What to send once more.' })
export class ReplayEventsInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => DateTime, { description: 'Events that were recorded at this instant or later.' })
  from!: Date;

  @Field(() => DateTime, { nullable: true, description: 'And before this one; without it, up to now.' })
  to?: Date | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Only these of the endpoint’s types; without it, all of them.',
  })
  types?: string[] | null;
}

@ObjectType('WebhookReplay', { description: 'A stretch of the past that is sent to an endpoint once more.' })
export class WebhookReplayType {
  @Field(() => ID, { description: 'The id of the replay.' })
  id!: string;

  @Field(() => DateTime, { nullable: true, description: 'Its beginning.' })
  replayedFrom!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Its end.' })
  replayedTo!: Date | null;

  @Field(() => [String], { nullable: true, description: 'Its types; null: all of the endpoint’s.' })
  eventTypes!: string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When all its deliveries were made out; null while they are. They are among the endpoint’s deliveries.',
  })
  completedAt!: Date | null;
}

@ObjectType({ description: 'The replay has begun.' })
export class ReplayStarted {
  @Field(() => WebhookReplayType, { description: 'The replay.' })
  replay!: WebhookFeedRow;
}

const ReplayEventsResult = createUnionType({
  name: 'ReplayEventsResult',
  description: 'What comes of replayEvents.',
  types: () => [ReplayStarted, WebhookEndpointDisabledType] as const,
  resolveType: byTypename,
});

@Resolver()
export class ReplayEventsMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => ReplayEventsResult, {
    description:
      'Sends an endpoint once more what was recorded in a stretch of time, with the same ids: receivers drop what they know.',
  })
  @Directive('@requiresScopes(scopes: [["webhooks:write"]])')
  replayEvents(
    @Arg('input', { description: 'What to send once more.' }) input: ReplayEventsInput,
    @Ctx() context: RequestContext,
  ): Promise<ReplayEventsOutcome> {
    return replayEvents(this.on(context), input);
  }
}
