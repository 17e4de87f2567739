import type { RequestContext } from '@plaza/platform/graphql/context';
import { CurrencyCode } from '@plaza/platform/graphql/scalars';
import {
  Arg,
  Ctx,
  createUnionType,
  Directive,
  Field,
  Float,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { Address, Coordinates } from '../domain/location-profile.js';
import type { SpacesDeps } from '../use-cases/context.js';
import {
  createLocation,
  type CreateLocationInput,
  type LocationCreated,
} from '../use-cases/create-location.js';
import { LocationType } from './location.type.js';
import { SpaceRangeInputType } from './space-range.input.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('AddressInput', { description: 'Where a location is, for people.' })
export class AddressInputType implements Address {
  @Field(() => String, { nullable: true, description: 'Street and number; at most 200 characters.' })
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code; at most 20 characters.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'City; at most 100 characters.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'Country, ISO 3166-1 alpha-2, such as "GB".' })
  countryCode?: string | null;
}

@InputType('CoordinatesInput', { description: 'A point on the globe (WGS 84).' })
export class CoordinatesInputType implements Coordinates {
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east, -180 to 180.' })
  longitude!: number;
}

@InputType('CreateLocationInput', { description: 'A new location.' })
export class CreateLocationInputType implements CreateLocationInput {
  @Field({ description: 'What people call it; 1 to 200 characters.' })
  name!: string;

  @Field({
    description:
      'Its IANA time zone, such as "Europe/London"; case does not matter, the zone’s own spelling is kept.',
  })
  timeZone!: string;

  @Field(() => CurrencyCode, { description: 'The currency it charges in.' })
  currencyCode!: string;

  @Field(() => AddressInputType, { nullable: true, description: 'Where it is, for people.' })
  address?: AddressInputType | null;

  @Field(() => CoordinatesInputType, { nullable: true, description: 'Where it is, for maps.' })
  coordinates?: CoordinatesInputType | null;

  @Field(() => [SpaceRangeInputType], {
    nullable: true,
    description: 'Its first spaces; more can be added later.',
  })
  spaces?: SpaceRangeInputType[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('LocationCreated', { description: 'The location is there.' })
export class LocationCreatedType {
  @Field(() => LocationType, { description: 'The new location.' })
  location!: LocationType;
}

export const CreateLocationResult = createUnionType({
  name: 'CreateLocationResult',
  description: 'What became of createLocation.',
  types: () => [LocationCreatedType] as const,
  resolveType: byTypename,
});

@Resolver()
export class CreateLocationMutation {
  constructor(private readonly deps: SpacesDeps) {}

  @Mutation(() => CreateLocationResult, {
    description: 'Opens a location, with its first spaces where they are given.',
  })
  @Directive('@requiresScopes(scopes: [["locations:write"]])')
  createLocation(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => CreateLocationInputType, { description: 'The location.' })
    input: CreateLocationInputType,
  ): Promise<LocationCreated> {
    return createLocation({ ...this.deps, viewer }, input);
  }
}
