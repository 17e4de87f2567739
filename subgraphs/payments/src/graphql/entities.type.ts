import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A stay of a vehicle at a location.' })
export class Ticket {
  @Field(() => ID, { description: 'The id of the ticket.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What goes on at a location: the figures that a dashboard opens with.' })
export class LocationMetrics {
  @Field(() => ID, { description: 'The id of the location.' })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A place whose spaces are sold by time.' })
export class Location {
  @Field(() => ID, { description: 'The id of the location.' })
  id!: string;
}
