import { CurrencyCode } from '@plaza/platform/graphql/scalars';
import { connectionType } from '@plaza/platform/graphql/connection';
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { Address, Coordinates } from '../domain/location-profile.js';
import type { Occupancy } from '../domain/occupancy.js';

@ObjectType('Address', { description: 'Where a location is, for people.' })
export class AddressType implements Address {
  @Field(() => String, { nullable: true, description: 'Street and number.' })
  street!: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code.' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'City.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'Country, ISO 3166-1 alpha-2, such as "GB".' })
  countryCode!: string | null;
}

@ObjectType('Coordinates', { description: 'A point on the globe (WGS 84).' })
export class CoordinatesType implements Coordinates {
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east, -180 to 180.' })
  longitude!: number;
}

@ObjectType('Occupancy', {
  description: 'How full a location is, counted from the stays, reservations and blocks in it.',
})
export class OccupancyType implements Occupancy {
  @Field(() => Int, { description: 'All spaces.' })
  total!: number;

  @Field(() => Int, { description: 'Spaces with a stay in them.' })
  occupied!: number;

  @Field(() => Int, { description: 'Spaces kept for a reservation that has begun.' })
  reserved!: number;

  @Field(() => Int, { description: 'Spaces that are blocked.' })
  outOfService!: number;

  @Field(() => Int, { description: 'Spaces that can be taken now.' })
  available!: number;

  @Field(() => Float, { description: 'Occupied spaces as a share, 0 to 1, of those in service.' })
  utilization!: number;

  @Field(() => Date, { description: 'The instant of the count.' })
  asOf!: Date;
}

@Directive('@key(fields: "id")')
@ObjectType('Location', { description: 'A place whose spaces are sold by time.' })
export class LocationType {
  @Field(() => ID, { description: 'The id of the location.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field({
    description: 'Its IANA time zone, such as "Europe/London": days and nights of its tariff are local.',
  })
  timeZone!: string;

  @Field(() => CurrencyCode, { description: 'The currency it charges in.' })
  currencyCode!: string;
}

export const LocationConnection = connectionType(LocationType, 'Location');
