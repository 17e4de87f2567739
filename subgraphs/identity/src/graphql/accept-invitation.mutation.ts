import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import type { Viewer } from '@plaza/platform/viewer';
import { Arg, createUnionType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Tokens } from '../credentials/tokens.js';
import { acceptInvitation, type AcceptInvitationOutcome } from '../use-cases/accept-invitation.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import { InvalidCredentialsType, TooManyAttemptsType, WeakPasswordType } from './problem.types.js';
import type { StoryContext } from './story-context.js';
import { TokensType } from './tokens.type.js';
import { ViewerType } from './viewer.type.js';

@InputType({ description: 'An invitation, and proof of who accepts it.' })
export class AcceptInvitationInput {
  @Field({ description: 'The token that inviteMember gave out.' })
  token!: string;

  @Field({
    description:
      'Somebody new chooses one of at least 12 characters; somebody who has signed in before gives theirs.',
  })
  password!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name of somebody new; not looked at for a known user.',
  })
  name?: string | null;
}

@ObjectType({ description: 'The person is a member now, and signed in.' })
export class InvitationAccepted {
  @Field(() => ViewerType, { description: 'The member in the organization.' })
  viewer!: Viewer;

  @Field(() => TokensType, { description: 'The tokens of the session that was opened.' })
  tokens!: Tokens;
}

@ObjectType({
  implements: Problem,
  description:
    'The invitation is unknown, was used, was replaced by a newer one, or is older than seven days.',
})
export class InvitationNotValid extends Problem {}

const AcceptInvitationResult = createUnionType({
  name: 'AcceptInvitationResult',
  description: 'What comes of acceptInvitation.',
  types: () =>
    [
      InvitationAccepted,
      InvitationNotValid,
      WeakPasswordType,
      InvalidCredentialsType,
      TooManyAttemptsType,
    ] as const,
  resolveType: byTypename,
});

@Resolver()
export class AcceptInvitationMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => AcceptInvitationResult, {
    description: 'Joins the organization that the invitation is for and opens a session there.',
  })
  acceptInvitation(
    @Arg('input', { description: 'The invitation, and who accepts it.' }) input: AcceptInvitationInput,
    @Ctx() context: RequestContext,
  ): Promise<AcceptInvitationOutcome> {
    return acceptInvitation(this.on(context), input);
  }
}
