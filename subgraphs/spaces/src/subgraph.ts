import 'reflect-metadata';
import { buildSubgraph } from '@plaza/platform/graphql/build-subgraph';
import { type RequestContext, requestContext } from '@plaza/platform/graphql/context';
import type { EventReference } from '@plaza/platform/graphql/event-envelope';
import type { Subgraph, SubgraphDeps } from '@plaza/platform/subgraph';
import { AddSpacesMutation } from './graphql/add-spaces.mutation.js';
import { CreateLocationMutation } from './graphql/create-location.mutation.js';
import { SpacesLoaders } from './graphql/loaders.js';
import { LocationMetricsResolver, MetricsOfLocationResolver } from './graphql/location-metrics.resolver.js';
import { LocationResolver } from './graphql/location.resolver.js';
import { ReturnSpaceToServiceMutation } from './graphql/return-space-to-service.mutation.js';
import { SpaceResolver } from './graphql/space.resolver.js';
import { SpaceChangedType } from './graphql/space.type.js';
import { TakeSpaceOutOfServiceMutation } from './graphql/take-space-out-of-service.mutation.js';
import { UpdateSpaceMutation } from './graphql/update-space.mutation.js';

/** Locations, their spaces, and who holds them. */
export async function createSpacesSubgraph({ database, clock }: SubgraphDeps): Promise<Subgraph> {
  const deps = { database, clock };
  const load = new SpacesLoaders(deps);
  const { schema, sdl } = await buildSubgraph({
    resolvers: [
      new LocationResolver(deps, load),
      new MetricsOfLocationResolver(),
      new LocationMetricsResolver(load),
      new SpaceResolver(load),
      new CreateLocationMutation(deps),
      new AddSpacesMutation(deps),
      new UpdateSpaceMutation(deps),
      new TakeSpaceOutOfServiceMutation(deps),
      new ReturnSpaceToServiceMutation(deps),
    ],
    orphanedTypes: [SpaceChangedType],
    references: {
      Location: ({ id }: { id: string }, context: RequestContext) => load.location(context, id),
      // whoever may not see the location sees none of its figures, in whichever subgraph
      LocationMetrics: ({ id }: { id: string }, context: RequestContext) => load.location(context, id),
      Space: ({ id }: { id: string }, context: RequestContext) => load.space(context, id),
      SpaceChanged: async ({ subjectId, ...envelope }: EventReference, context: RequestContext) => ({
        ...envelope,
        space: await load.space(context, subjectId),
      }),
    },
  });
  return { name: 'spaces', schema, sdl, context: requestContext, forgettable: ['spaces.idempotency_key'] };
}
