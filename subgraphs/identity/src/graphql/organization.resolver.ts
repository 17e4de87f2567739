import { type Connection, ConnectionArgs, pageOf } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { InvitationRow } from '../database/invitation.entity.js';
import type { MemberRow } from '../database/membership.queries.js';
import type { OrganizationRow } from '../database/organization.entity.js';
import { listInvitations, listMembers } from '../use-cases/list-members.js';
import { InvitationConnection } from './invitation.type.js';
import { MemberConnection } from './member.type.js';
import { OrganizationType } from './organization.type.js';
import type { StoryContext } from './story-context.js';

@Resolver(() => OrganizationType)
export class OrganizationResolver {
  constructor(private readonly on: StoryContext) {}

  @Directive('@requiresScopes(scopes: [["members:read"]])')
  @FieldResolver(() => MemberConnection, { description: 'Its members, in the order in which they joined.' })
  members(
    @Root() organization: OrganizationRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<MemberRow>> {
    return listMembers(this.on(context), organization.id, pageOf(args));
  }

  @Directive('@requiresScopes(scopes: [["members:read"]])')
  @FieldResolver(() => InvitationConnection, { description: 'The invitations that can still be accepted.' })
  invitations(
    @Root() organization: OrganizationRow,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<InvitationRow>> {
    return listInvitations(this.on(context), organization.id, pageOf(args));
  }
}
