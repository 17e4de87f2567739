import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import { Arg, createUnionType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Tokens } from '../credentials/tokens.js';
import { refreshSession, type RefreshSessionOutcome } from '../use-cases/refresh-session.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { StoryContext } from './story-context.js';
import { TokensType } from './tokens.type.js';

@InputType({ description: 'The session to go on with.' })
export class RefreshSessionInput {
  @Field({ description: 'The newest refresh token of the session.' })
  refreshToken!: string;
}

@ObjectType({ description: 'The session goes on; roles that were changed meanwhile count from now.' })
export class SessionRefreshed {
  @Field(() => TokensType, {
    description: 'The next pair of tokens. The refresh token just used is worth nothing any more.',
  })
  tokens!: Tokens;
}

@ObjectType({
  implements: Problem,
  description:
    'The session has ended: signed out, revoked, unused for 30 days, or its refresh token was used twice. Sign in again.',
})
export class SessionRevoked extends Problem {}

const RefreshSessionResult = createUnionType({
  name: 'RefreshSessionResult',
  description: 'What comes of refreshSession.',
  types: () => [SessionRefreshed, SessionRevoked] as const,
  resolveType: byTypename,
});

@Resolver()
export class RefreshSessionMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => RefreshSessionResult, {
    description:
      'Exchanges a refresh token for the next pair of tokens. Each is good once: one that is used twice ends the session, so let only one tab refresh at a time (navigator.locks).',
  })
  refreshSession(
    @Arg('input', { description: 'The session to go on with.' }) input: RefreshSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<RefreshSessionOutcome> {
    return refreshSession(this.on(context), input);
  }
}
