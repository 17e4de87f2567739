import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A version of a location’s tariff, as it was published. It never changes.' })
export class Tariff {
  @Field(() => ID, { description: 'The id of this version.' })
  id!: string;

  @Field(() => Int, { description: 'The number of this version: 1, 2, 3... at each location.' })
  number!: number;

  @Field(() => String, { description: 'The name of the tariff.' })
  name!: string;

  @Field(() => DateTime, {
    description: 'Vehicles that enter from this instant on are charged by this version.',
  })
  effectiveFrom!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when: the next version begins, or it is retired. The same as `effectiveFrom` where it was withdrawn before it ' +
      'began; null: for good.',
  })
  effectiveUntil!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when it was retired; null: nobody retired it.',
  })
  retiredFrom!: Date | null;

  @Field(() => DateTime, { description: 'When it was published.' })
  publishedAt!: Date;
}
