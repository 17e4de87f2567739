import type { RequestContext } from '@plaza/platform/graphql/context';
import type { Viewer } from '@plaza/platform/viewer';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Database } from '@plaza/platform/database/database';
import type { OrganizationRow } from '../database/organization.entity.js';
import {
  type ChoiceRow,
  type LiveSessionRow,
  readChoices,
  readLiveSessions,
  readOrganization,
  readUser,
} from '../database/viewer.queries.js';
import type { UserRow } from '../database/user.entity.js';
import type { Clock } from '@plaza/platform/clock';
import { OrganizationChoice, OrganizationType } from './organization.type.js';
import { SessionType } from './session.type.js';
import { UserType } from './user.type.js';
import { ViewerType } from './viewer.type.js';

/** Fields read in the name of the viewer that they belong to: after a sign-in that is not yet the one of the request. */
@Resolver(() => ViewerType)
export class ViewerResolver {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Query(() => ViewerType, { nullable: true, description: 'Who is asking; null when nobody is signed in.' })
  viewer(@Ctx() context: RequestContext): Viewer | null {
    return context.viewer;
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The signed-in user; null for an API key.' })
  user(@Root() viewer: Viewer): Promise<UserRow | undefined> | null {
    return viewer.kind === 'user' ? readUser(this.database, viewer) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The name of the API key; null for a user.' })
  apiKeyName(@Root() viewer: Viewer): string | null {
    return viewer.kind === 'apiKey' ? viewer.name : null;
  }

  @FieldResolver(() => OrganizationType, {
    description: 'The organization in whose name everything is done.',
  })
  organization(@Root() viewer: Viewer): Promise<OrganizationRow> {
    return readOrganization(this.database, viewer);
  }

  @FieldResolver(() => [OrganizationChoice], {
    description: 'The organizations that the user belongs to, by name; empty for an API key.',
  })
  organizations(@Root() viewer: Viewer): Promise<ChoiceRow[]> | ChoiceRow[] {
    return viewer.kind === 'user' ? readChoices(this.database, viewer) : [];
  }

  @FieldResolver(() => [SessionType], {
    description:
      "The user's living sessions in all organizations, the one used last first, at most 100; empty for an API key.",
  })
  sessions(@Root() viewer: Viewer): Promise<LiveSessionRow[]> | LiveSessionRow[] {
    return viewer.kind === 'user' ? readLiveSessions(this.database, viewer, this.clock.now()) : [];
  }
}
