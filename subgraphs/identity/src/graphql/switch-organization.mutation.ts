import type { RequestContext } from '@plaza/platform/graphql/context';
import type { Viewer } from '@plaza/platform/viewer';
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
import type { Tokens } from '../credentials/tokens.js';
import { switchOrganization, type SwitchOrganizationOutcome } from '../use-cases/switch-organization.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { StoryContext } from './story-context.js';
import { TokensType } from './tokens.type.js';
import { ViewerType } from './viewer.type.js';

@InputType({ description: 'Where to work from now on.' })
export class SwitchOrganizationInput {
  @Field(() => ID, { description: 'One of Viewer.organizations.' })
  organizationId!: string;
}

@ObjectType({ description: 'A session in the other organization replaces the one of this request.' })
export class OrganizationSwitched {
  @Field(() => ViewerType, { description: 'The user in the other organization.' })
  viewer!: Viewer;

  @Field(() => TokensType, {
    description: 'The tokens of the new session; those of the old one are worth nothing any more.',
  })
  tokens!: Tokens;
}

const SwitchOrganizationResult = createUnionType({
  name: 'SwitchOrganizationResult',
  description:
    'What comes of switchOrganization. An organization that the user does not belong to is NOT_FOUND.',
  types: () => [OrganizationSwitched] as const,
  resolveType: byTypename,
});

@Resolver()
export class SwitchOrganizationMutation {
  constructor(private readonly on: StoryContext) {}

  @Directive('@authenticated')
  @Mutation(() => SwitchOrganizationResult, {
    description: 'Ends the session of this request and opens one in another organization of the user.',
  })
  switchOrganization(
    @Arg('input', { description: 'Where to.' }) input: SwitchOrganizationInput,
    @Ctx() context: RequestContext,
  ): Promise<SwitchOrganizationOutcome> {
    return switchOrganization(this.on(context), input);
  }
}
