import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { signOut, type SignedOutOutcome } from '../use-cases/sign-out.js';
import type { StoryContext } from './story-context.js';

@ObjectType({
  description: 'The session has ended; its tokens are worth nothing and its subscriptions close.',
})
export class SignedOut {
  @Field(() => DateTime, { description: 'When the session ended.' })
  signedOutAt!: Date;
}

@Resolver()
export class SignOutMutation {
  constructor(private readonly on: StoryContext) {}

  @Directive('@authenticated')
  @Mutation(() => SignedOut, { description: "Ends the session of this request's access token." })
  signOut(@Ctx() context: RequestContext): Promise<SignedOutOutcome> {
    return signOut(this.on(context));
  }
}
