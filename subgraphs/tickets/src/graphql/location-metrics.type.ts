import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('HourOfArrivals', { description: 'How many came in one hour on the clock of a location.' })
export class HourOfArrivalsType {
  @Field(() => Int, { description: 'The hour on the location’s clock, 0 to 23.' })
  hour!: number;

  @Field(() => Date, { description: 'When it began.' })
  startsAt!: Date;

  @Field(() => Int, { description: 'The entries in it; void tickets are not counted.' })
  arrivals!: number;
}

@Directive('@key(fields: "id")')
@ObjectType('LocationMetrics', {
  description: 'What goes on at a location: the figures that a dashboard opens with.',
})
export class LocationMetricsType {
  @Field(() => ID, { description: 'The id of the location.' })
  id!: string;
}
