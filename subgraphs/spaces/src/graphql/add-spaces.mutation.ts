import type { RequestContext } from '@plaza/platform/graphql/context';
import {
  Arg,
  Ctx,
  createUnionType,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { LocationType } from './location.type.js';
import { SpaceRangeInputType } from './space-range.input.js';
import { addSpaces, type AddSpacesInput, type AddSpacesOutcome } from '../use-cases/add-spaces.js';
import type { SpacesDeps } from '../use-cases/context.js';
import { SpaceNumberTakenType } from './problems.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('AddSpacesInput', { description: 'The spaces to add.' })
export class AddSpacesInputType implements AddSpacesInput {
  @Field(() => ID, { description: 'The location that gets them.' })
  locationId!: string;

  @Field(() => [SpaceRangeInputType], { description: 'The spaces; at most 5,000 in all.' })
  ranges!: SpaceRangeInputType[];

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('SpacesAdded', { description: 'All the spaces were added.' })
export class SpacesAddedType {
  @Field(() => LocationType, { description: 'The location.' })
  location!: LocationType;

  @Field(() => Int, { description: 'How many spaces were added.' })
  count!: number;
}

export const AddSpacesResult = createUnionType({
  name: 'AddSpacesResult',
  description: 'What became of addSpaces.',
  types: () => [SpacesAddedType, SpaceNumberTakenType] as const,
  resolveType: byTypename,
});

@Resolver()
export class AddSpacesMutation {
  constructor(private readonly deps: SpacesDeps) {}

  @Mutation(() => AddSpacesResult, {
    description: 'Adds spaces to a location: all of them, or none where a number is taken.',
  })
  @Directive('@requiresScopes(scopes: [["spaces:write"]])')
  addSpaces(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => AddSpacesInputType, { description: 'The spaces to add.' }) input: AddSpacesInputType,
  ): Promise<AddSpacesOutcome> {
    return addSpaces({ ...this.deps, viewer }, input);
  }
}
