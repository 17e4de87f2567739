import type { RequestContext } from '@plaza/platform/graphql/context';
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { LocationRow } from '../database/location.entity.js';
import type { SpaceRow, ZoneRow } from '../database/space.entity.js';
import type { SpaceStatus } from '../domain/space-kind.js';
import { SpaceStatusEnum } from './enums.js';
import type { SpacesLoaders } from './loaders.js';
import { LocationType } from './location.type.js';
import { SpaceChangedType, SpaceType, ZoneType } from './space.type.js';

@Resolver(() => SpaceType)
export class SpaceResolver {
  constructor(private readonly load: SpacesLoaders) {}

  @Query(() => SpaceType, { nullable: true, description: 'A space by its id; null when you may not see it.' })
  @Directive('@requiresScopes(scopes: [["spaces:read"]])')
  space(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the space.' }) id: string,
  ): Promise<SpaceRow | null> {
    return this.load.space(context, id);
  }

  @FieldResolver(() => SpaceStatusEnum, { description: 'What it is at present.' })
  status(
    @Ctx() context: RequestContext,
    @Root() space: SpaceRow & { status?: SpaceStatus },
  ): SpaceStatus | Promise<SpaceStatus | null> {
    // a mutation tells the status that it made, also when it is replayed
    return space.status ?? this.load.status(context, space.id);
  }

  @FieldResolver(() => ZoneType, { nullable: true, description: 'The part of the location that it lies in.' })
  zone(@Ctx() context: RequestContext, @Root() { zoneId }: SpaceRow): Promise<ZoneRow | null> | null {
    return zoneId === null ? null : this.load.zone(context, zoneId);
  }

  @FieldResolver(() => LocationType, { nullable: true, description: 'The location that it belongs to.' })
  @Directive('@requiresScopes(scopes: [["locations:read"]])')
  location(@Ctx() context: RequestContext, @Root() { locationId }: SpaceRow): Promise<LocationRow | null> {
    return this.load.location(context, locationId);
  }

  @Subscription(() => SpaceChangedType, {
    topics: 'spaceChanged',
    description: 'Every change of a space of the location, in order, none left out.',
  })
  @Directive('@requiresScopes(scopes: [["spaces:read"]])')
  @Directive(
    '@eventSource(types: ["space.added", "space.occupied", "space.freed", "space.taken_out_of_service", "space.returned_to_service"], kind: "EVENT", location: "locationId")',
  )
  spaceChanged(
    @Arg('locationId', () => ID, { description: 'The location to watch.' }) _locationId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume after this cursor: first what was missed.',
    })
    _after?: string | null,
  ): SpaceChangedType {
    throw new Error('Subscriptions are executed by the gateway.');
  }
}
