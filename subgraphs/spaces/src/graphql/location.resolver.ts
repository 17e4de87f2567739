import { type Connection, ConnectionArgs, pageOf, toConnection } from '@plaza/platform/graphql/connection';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { badUserInput } from '@plaza/platform/errors';
import { requireScope } from '@plaza/platform/viewer';
import {
  Arg,
  Args,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Float,
  ID,
  InputType,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { LocationRow } from '../database/location.entity.js';
import { countLocations, listLocations } from '../database/location.queries.js';
import type { SpaceRow, ZoneRow } from '../database/space.entity.js';
import { type Address, checkCoordinates, type Coordinates } from '../domain/location-profile.js';
import type { Occupancy } from '../domain/occupancy.js';
import type { SpaceKind, SpaceStatus } from '../domain/space-kind.js';
import type { SpacesDeps } from '../use-cases/context.js';
import { SpaceKindEnum, SpaceStatusEnum } from './enums.js';
import type { SpacesLoaders } from './loaders.js';
import {
  AddressType,
  CoordinatesType,
  LocationConnection,
  LocationType,
  OccupancyType,
} from './location.type.js';
import { SpaceConnection, ZoneType } from './space.type.js';

const FARTHEST = 100_000;

@InputType('NearInput', { description: 'A circle on the map.' })
export class NearInputType implements Coordinates {
  @Field(() => Float, { description: 'Its centre: degrees north, -90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: 'Its centre: degrees east, -180 to 180.' })
  longitude!: number;

  @Field(() => Int, { nullable: true, description: 'Its radius in meters, 1 to 100,000; 5,000 unless told.' })
  radiusMeters?: number | null;
}

@Resolver(() => LocationType)
export class LocationResolver {
  constructor(
    private readonly deps: SpacesDeps,
    private readonly load: SpacesLoaders,
  ) {}

  @Query(() => LocationType, {
    nullable: true,
    description: 'A location by its id; null when you may not see it.',
  })
  @Directive('@requiresScopes(scopes: [["locations:read"]])')
  location(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The id of the location.' }) id: string,
  ): Promise<LocationRow | null> {
    return this.load.location(context, id);
  }

  @Query(() => LocationConnection, {
    description:
      'The locations that you may see, in the order of their making; with `near` the nearest first.',
  })
  @Directive('@requiresScopes(scopes: [["locations:read"]])')
  async locations(
    @Ctx() context: RequestContext,
    @Args() args: ConnectionArgs,
    @Arg('near', () => NearInputType, { nullable: true, description: 'Only those within this circle.' })
    near?: NearInputType | null,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Only those whose name or city is like this.',
    })
    search?: string | null,
  ): Promise<Connection<LocationRow>> {
    const viewer = requireScope(context.viewer, 'locations:read');
    const filter = { search: validSearch(search), near: near ? validCircle(near) : null };
    const page = pageOf(args);
    const rows = await this.deps.database.read(viewer, (tx) => listLocations(tx, filter, page));
    return toConnection(rows, page, () =>
      this.deps.database.read(viewer, (tx) => countLocations(tx, filter)),
    );
  }

  @FieldResolver(() => AddressType, { nullable: true, description: 'Where it is, for people.' })
  address(@Root() { street, postalCode, city, countryCode }: LocationRow): Address | null {
    return street || postalCode || city || countryCode ? { street, postalCode, city, countryCode } : null;
  }

  @FieldResolver(() => CoordinatesType, { nullable: true, description: 'Where it is, for maps.' })
  coordinates(@Root() { latitude, longitude }: LocationRow): Coordinates | null {
    return latitude === null || longitude === null ? null : { latitude, longitude };
  }

  @FieldResolver(() => OccupancyType, { description: 'How full it is at this moment.' })
  occupancy(@Ctx() context: RequestContext, @Root() { id }: LocationRow): Promise<Occupancy | null> {
    return this.load.occupancy(context, id);
  }

  @FieldResolver(() => [ZoneType], { description: 'Its zones, in the order of their making.' })
  zones(@Ctx() context: RequestContext, @Root() { id }: LocationRow): Promise<ZoneRow[]> {
    return this.load.zonesOfLocation(context, id);
  }

  @FieldResolver(() => SpaceConnection, { description: 'Its spaces, in the order in which they were added.' })
  @Directive('@requiresScopes(scopes: [["spaces:read"]])')
  spaces(
    @Ctx() context: RequestContext,
    @Root() { id }: LocationRow,
    @Args() args: ConnectionArgs,
    @Arg('status', () => SpaceStatusEnum, {
      nullable: true,
      description: 'Only those that are so at present.',
    })
    status?: SpaceStatus | null,
    @Arg('kind', () => SpaceKindEnum, { nullable: true, description: 'Only those of this kind.' })
    kind?: SpaceKind | null,
  ): Promise<Connection<SpaceRow>> {
    return this.load.spacesOfLocation(context, id, { status, kind }, pageOf(args));
  }

  @Subscription(() => LocationType, {
    topics: 'occupancyChanged',
    description:
      'The location whenever a space of it is taken or freed: first as it is now, then the newest state.',
  })
  @Directive('@requiresScopes(scopes: [["locations:read"]])')
  @Directive(
    '@eventSource(types: ["space.added", "space.occupied", "space.freed", "space.taken_out_of_service", "space.returned_to_service"], kind: "LIVE", location: "locationId", entity: "locationId")',
  )
  occupancyChanged(
    @Arg('locationId', () => ID, { description: 'The location to watch.' }) _locationId: string,
    @Arg('throttleMs', () => Int, {
      nullable: true,
      description: 'At most one state in so many milliseconds; what comes between is skipped.',
    })
    _throttleMs?: number | null,
  ): LocationRow {
    throw new Error('Subscriptions are executed by the gateway.');
  }
}

function validSearch(search: string | null | undefined): string | null {
  const text = search?.trim() ?? '';
  if (text.length > 100) throw badUserInput('search', 'A search has at most 100 characters.');
  return text || null;
}

function validCircle({ latitude, longitude, radiusMeters }: NearInputType) {
  checkCoordinates({ latitude, longitude }, 'near');
  const radius = radiusMeters ?? 5000;
  if (radius < 1 || radius > FARTHEST) {
    throw badUserInput('near.radiusMeters', `A radius is 1 to ${FARTHEST} meters.`);
  }
  return { latitude, longitude, radiusMeters: radius };
}
