import { Problem } from '@plaza/platform/graphql/problem';
import { Field, ObjectType } from 'type-graphql';
import { SpaceType } from './space.type.js';

@ObjectType('SpaceNumberTaken', {
  implements: Problem,
  description: 'The location has a space of this number already; nothing was changed.',
})
export class SpaceNumberTakenType extends Problem {
  @Field(() => [String], { description: 'The numbers that are taken, at most ten of them.' })
  numbers!: string[];
}

@ObjectType('SpaceOccupied', {
  implements: Problem,
  description: 'A stay or a reservation holds the space, now or later; nothing was changed.',
})
export class SpaceOccupiedType extends Problem {
  @Field(() => SpaceType, { description: 'The space.' })
  space!: SpaceType;
}
