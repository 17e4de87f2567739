import type { RequestContext } from '@plaza/platform/graphql/context';
import type { Viewer } from '@plaza/platform/viewer';
import {
  Arg,
  createUnionType,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { Tokens } from '../credentials/tokens.js';
import { signIn, type SignInOutcome } from '../use-cases/sign-in.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import { InvalidCredentialsType, TooManyAttemptsType } from './problem.types.js';
import type { StoryContext } from './story-context.js';
import { TokensType } from './tokens.type.js';
import { ViewerType } from './viewer.type.js';

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field({ description: 'The e-mail address; upper or lower case does not matter.' })
  email!: string;

  @Field({ description: 'The password.' })
  password!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The organization to work in; without it, the one that the user worked in last.',
  })
  organizationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What to call this device in the list of sessions, such as "Firefox at the front desk".',
  })
  deviceName?: string | null;
}

@ObjectType({ description: 'A session was opened.' })
export class SignedIn {
  @Field(() => TokensType, { description: 'The tokens of the session.' })
  tokens!: Tokens;

  @Field(() => ViewerType, { description: 'Who signed in, and where.' })
  viewer!: Viewer;
}

const SignInResult = createUnionType({
  name: 'SignInResult',
  description: 'What comes of signIn.',
  types: () => [SignedIn, InvalidCredentialsType, TooManyAttemptsType] as const,
  resolveType: byTypename,
});

@Resolver()
export class SignInMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => SignInResult, { description: 'Opens a session with e-mail address and password.' })
  signIn(
    @Arg('input', { description: 'Who signs in.' }) input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInOutcome> {
    return signIn(this.on(context), input);
  }
}
