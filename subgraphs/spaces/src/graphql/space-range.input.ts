import { Field, InputType, Int } from 'type-graphql';
import type { SpaceKind } from '../domain/space-kind.js';
import type { SpaceRange } from '../domain/space-range.js';
import { SpaceKindEnum } from './enums.js';

@InputType('SpaceRangeInput', {
  description:
    'Spaces that differ in their number only: prefix "A-", from 7, count 3, digits 3 are A-007, A-008 and A-009.',
})
export class SpaceRangeInputType implements SpaceRange {
  @Field(() => String, {
    nullable: true,
    description: 'What stands before the number; at most 30 characters.',
  })
  prefix?: string | null;

  @Field(() => Int, { nullable: true, description: 'The first number; 1 unless told.' })
  from?: number | null;

  @Field(() => Int, { description: 'How many; at most 5,000 in one mutation.' })
  count!: number;

  @Field(() => Int, { nullable: true, description: 'Fill numbers up with zeros to so many digits, 1 to 8.' })
  digits?: number | null;

  @Field(() => SpaceKindEnum, { description: 'What they are for.' })
  kind!: SpaceKind;

  @Field(() => String, {
    nullable: true,
    description: 'The name of their zone; made when the location has none such.',
  })
  zone?: string | null;

  @Field(() => [String], { nullable: true, description: 'What they have; at most 20 features.' })
  features?: string[] | null;
}
