import { loader, type RequestContext } from '@plaza/platform/graphql/context';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { MemberRow } from '../database/membership.queries.js';
import type { LiveSessionRow } from '../database/viewer.queries.js';
import { sessionsOfMembers } from '../use-cases/list-members.js';
import { MemberType } from './member.type.js';
import { SessionType } from './session.type.js';
import type { StoryContext } from './story-context.js';

const SESSIONS = Symbol('sessions of members');

@Resolver(() => MemberType)
export class MemberResolver {
  constructor(private readonly on: StoryContext) {}

  @Directive('@requiresScopes(scopes: [["members:read"]])')
  @FieldResolver(() => [SessionType], {
    description: "The member's living sessions in this organization, the one used last first, at most 100.",
  })
  async sessions(@Root() member: MemberRow, @Ctx() context: RequestContext): Promise<LiveSessionRow[]> {
    const on = this.on(context);
    const sessions = await loader(context, SESSIONS, (ids) => sessionsOfMembers(on, ids)).load(member.id);
    return sessions ?? [];
  }
}
