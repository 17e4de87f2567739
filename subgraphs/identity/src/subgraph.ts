import 'reflect-metadata';
import { buildSubgraph } from '@plaza/platform/graphql/build-subgraph';
import { requestContext } from '@plaza/platform/graphql/context';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { SigningKeys } from './credentials/signing-keys.js';
import { AcceptInvitationMutation } from './graphql/accept-invitation.mutation.js';
import { ChangeMemberRolesMutation } from './graphql/change-member-roles.mutation.js';
import { InviteMemberMutation } from './graphql/invite-member.mutation.js';
import { MemberResolver } from './graphql/member.resolver.js';
import { OrganizationResolver } from './graphql/organization.resolver.js';
import { RefreshSessionMutation } from './graphql/refresh-session.mutation.js';
import { RegisterOrganizationMutation } from './graphql/register-organization.mutation.js';
import { RevokeSessionMutation } from './graphql/revoke-session.mutation.js';
import { SignInMutation } from './graphql/sign-in.mutation.js';
import { SignOutMutation } from './graphql/sign-out.mutation.js';
import type { StoryContext } from './graphql/story-context.js';
import { SwitchOrganizationMutation } from './graphql/switch-organization.mutation.js';
import { ViewerResolver } from './graphql/viewer.resolver.js';

/** Who people are, where they belong and what they may do there. */
export async function createIdentitySubgraph({ database, clock, secrets }: SubgraphDeps): Promise<Subgraph> {
  const refreshKey = secrets.key('refresh token');
  const signingKeys = new SigningKeys(database, secrets, clock);
  const on: StoryContext = ({ viewer }) => ({ viewer, database, clock, signingKeys, refreshKey });
  const { schema, sdl } = await buildSubgraph({
    resolvers: [
      new ViewerResolver(database, clock),
      new OrganizationResolver(on),
      new MemberResolver(on),
      new RegisterOrganizationMutation(on),
      new SignInMutation(on),
      new RefreshSessionMutation(on),
      new SignOutMutation(on),
      new RevokeSessionMutation(on),
      new InviteMemberMutation(on),
      new AcceptInvitationMutation(on),
      new ChangeMemberRolesMutation(on),
      new SwitchOrganizationMutation(on),
    ],
    references: {},
  });
  return { name: 'identity', schema, sdl, context: requestContext };
}
