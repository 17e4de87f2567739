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
import { revokeSession, type RevokeSessionOutcome } from '../use-cases/revoke-session.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { StoryContext } from './story-context.js';

@InputType({ description: 'The session to end.' })
export class RevokeSessionInput {
  @Field(() => ID, {
    description: "One of the viewer's own; with the scope members:write, any of the organization's.",
  })
  sessionId!: string;
}

@ObjectType({
  description:
    'The session has ended, now or before; its tokens are worth nothing and its subscriptions close.',
})
export class SessionEnded {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string;
}

const RevokeSessionResult = createUnionType({
  name: 'RevokeSessionResult',
  description: 'What comes of revokeSession. An unknown session is the error NOT_FOUND.',
  types: () => [SessionEnded] as const,
  resolveType: byTypename,
});

@Resolver()
export class RevokeSessionMutation {
  constructor(private readonly on: StoryContext) {}

  @Directive('@authenticated')
  @Mutation(() => RevokeSessionResult, { description: 'Ends a session, for example that of a lost phone.' })
  revokeSession(
    @Arg('input', { description: 'The session to end.' }) input: RevokeSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<RevokeSessionOutcome> {
    return revokeSession(this.on(context), input);
  }
}
