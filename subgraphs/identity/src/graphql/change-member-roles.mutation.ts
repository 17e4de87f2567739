import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import type { Role as RoleName } from '@plaza/platform/viewer';
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
import type { MemberRow } from '../database/membership.queries.js';
import { changeMemberRoles, type ChangeMemberRolesOutcome } from '../use-cases/change-member-roles.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import { MemberType } from './member.type.js';
import { Role } from './role.type.js';
import type { StoryContext } from './story-context.js';

@InputType({ description: 'A member and the roles they shall have.' })
export class ChangeMemberRolesInput {
  @Field(() => ID, { description: 'The membership (Member.id).' })
  memberId!: string;

  @Field(() => [Role], { description: 'All roles that the member shall have, at least one.' })
  roles!: RoleName[];
}

@ObjectType({ description: 'The member has these roles now.' })
export class MemberRolesChanged {
  @Field(() => MemberType, { description: 'The member.' })
  member!: MemberRow;
}

@ObjectType({
  implements: Problem,
  description: 'An organization keeps at least one OWNER: name another one first.',
})
export class LastOwner extends Problem {}

const ChangeMemberRolesResult = createUnionType({
  name: 'ChangeMemberRolesResult',
  description: 'What comes of changeMemberRoles. An unknown member is the error NOT_FOUND.',
  types: () => [MemberRolesChanged, LastOwner] as const,
  resolveType: byTypename,
});

@Resolver()
export class ChangeMemberRolesMutation {
  constructor(private readonly on: StoryContext) {}

  @Directive('@requiresScopes(scopes: [["members:write"]])')
  @Mutation(() => ChangeMemberRolesResult, {
    description:
      "Gives a member other roles. They count when the member's session is refreshed, after 15 minutes at most; for managing members, at once. To cut somebody off at once, revoke their sessions (Member.sessions) too.",
  })
  changeMemberRoles(
    @Arg('input', { description: 'The member and the roles.' }) input: ChangeMemberRolesInput,
    @Ctx() context: RequestContext,
  ): Promise<ChangeMemberRolesOutcome> {
    return changeMemberRoles(this.on(context), input);
  }
}
