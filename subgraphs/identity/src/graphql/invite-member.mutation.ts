import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import type { Role as RoleName } from '@plaza/platform/viewer';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { InvitationRow } from '../database/invitation.entity.js';
import type { MemberRow } from '../database/membership.queries.js';
import { inviteMember, type InviteMemberOutcome } from '../use-cases/invite-member.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import { InvitationType } from './invitation.type.js';
import { MemberType } from './member.type.js';
import { Role } from './role.type.js';
import type { StoryContext } from './story-context.js';

@InputType({ description: 'Whom to invite, and as what.' })
export class InviteMemberInput {
  @Field({ description: 'The e-mail address of the person.' })
  email!: string;

  @Field(() => [Role], { description: 'At least one role, and none that may do more than the inviter may.' })
  roles!: RoleName[];
}

@ObjectType({
  description:
    'The invitation waits to be accepted. An earlier one to the same address is worth nothing any more.',
})
export class MemberInvited {
  @Field(() => InvitationType, { description: 'The invitation.' })
  invitation!: InvitationRow;

  @Field({
    description:
      'What the invited person passes to acceptInvitation. It is shown this once: send it to them.',
  })
  token!: string;
}

@ObjectType({ implements: Problem, description: 'The person is a member already: change the roles instead.' })
export class AlreadyMember extends Problem {
  @Field(() => MemberType, { description: 'The member.' })
  member!: MemberRow;
}

const InviteMemberResult = createUnionType({
  name: 'InviteMemberResult',
  description: 'What comes of inviteMember.',
  types: () => [MemberInvited, AlreadyMember] as const,
  resolveType: byTypename,
});

@Resolver()
export class InviteMemberMutation {
  constructor(private readonly on: StoryContext) {}

  @Directive('@requiresScopes(scopes: [["members:write"]])')
  @Mutation(() => InviteMemberResult, {
    description:
      'Offers a person membership of the organization. Inviting the same address again replaces the offer.',
  })
  inviteMember(
    @Arg('input', { description: 'Whom to invite, and as what.' }) input: InviteMemberInput,
    @Ctx() context: RequestContext,
  ): Promise<InviteMemberOutcome> {
    return inviteMember(this.on(context), input);
  }
}
