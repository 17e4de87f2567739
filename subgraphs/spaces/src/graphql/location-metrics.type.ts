import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';

/** The location whose figures are asked for; each field reads its own. */
export interface MetricsOf {
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('LocationMetrics', {
  description: 'What goes on at a location: the figures that a dashboard opens with.',
})
export class LocationMetricsType implements MetricsOf {
  @Field(() => ID, { description: 'The id of the location.' })
  id!: string;

  @Field(() => Int, { description: 'Spaces with a stay in them.' })
  occupied!: number;

  @Field(() => Int, { description: 'Spaces that can be taken now.' })
  available!: number;

  @Field(() => Float, { description: 'Occupied spaces as a share, 0 to 1, of those in service.' })
  utilization!: number;

  @Field(() => Date, { description: 'The instant of the count.' })
  asOf!: Date;
}
