import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import type { Viewer } from '@plaza/platform/viewer';
import { Arg, createUnionType, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Tokens } from '../credentials/tokens.js';
import {
  registerOrganization,
  type RegisterOrganizationOutcome,
} from '../use-cases/register-organization.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import { WeakPasswordType } from './problem.types.js';
import type { StoryContext } from './story-context.js';
import { TokensType } from './tokens.type.js';
import { ViewerType } from './viewer.type.js';

@InputType({ description: 'A new organization and its first user.' })
export class RegisterOrganizationInput {
  @Field({ description: 'The name of the business, 1 to 100 characters.' })
  organizationName!: string;

  @Field({ description: 'The name of the person who registers, 1 to 100 characters.' })
  name!: string;

  @Field({ description: 'The e-mail address to sign in with.' })
  email!: string;

  @Field({ description: 'At least 12 characters; a sentence is fine.' })
  password!: string;
}

@ObjectType({ description: 'The organization exists and its first user is signed in as its OWNER.' })
export class OrganizationRegistered {
  @Field(() => ViewerType, { description: 'The new user in the new organization.' })
  viewer!: Viewer;

  @Field(() => TokensType, { description: 'The tokens of the session that was opened.' })
  tokens!: Tokens;
}

@ObjectType({
  implements: Problem,
  description: 'Somebody has registered with this e-mail address: sign in instead.',
})
export class EmailTaken extends Problem {}

const RegisterOrganizationResult = createUnionType({
  name: 'RegisterOrganizationResult',
  description: 'What comes of registerOrganization.',
  types: () => [OrganizationRegistered, EmailTaken, WeakPasswordType] as const,
  resolveType: byTypename,
});

@Resolver()
export class RegisterOrganizationMutation {
  constructor(private readonly on: StoryContext) {}

  @Mutation(() => RegisterOrganizationResult, {
    description: 'Founds an organization; the person who registers owns it and is signed in at once.',
  })
  registerOrganization(
    @Arg('input', { description: 'Organization and person.' }) input: RegisterOrganizationInput,
    @Ctx() context: RequestContext,
  ): Promise<RegisterOrganizationOutcome> {
    return registerOrganization(this.on(context), input);
  }
}
