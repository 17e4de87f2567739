import type { RequestContext } from '@plaza/platform/graphql/context';
import {
  Arg,
  Ctx,
  createUnionType,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { SpaceKind } from '../domain/space-kind.js';
import { SpaceKindEnum } from './enums.js';
import { SpaceType } from './space.type.js';
import { updateSpace, type UpdateSpaceInput, type UpdateSpaceOutcome } from '../use-cases/update-space.js';
import type { SpacesDeps } from '../use-cases/context.js';
import { SpaceNumberTakenType } from './problems.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('UpdateSpaceInput', { description: 'The space and what changes.' })
export class UpdateSpaceInputType implements UpdateSpaceInput {
  @Field(() => ID, { description: 'The space.' })
  spaceId!: string;

  @Field(() => String, { nullable: true, description: 'Its new number.' })
  number?: string | null;

  @Field(() => SpaceKindEnum, { nullable: true, description: 'What it is for from now on.' })
  kind?: SpaceKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of its new zone, made where it is missing; null: no zone.',
  })
  zone?: string | null;

  @Field(() => [String], { nullable: true, description: 'All its features from now on.' })
  features?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('SpaceUpdated', { description: 'The space was changed.' })
export class SpaceUpdatedType {
  @Field(() => SpaceType, { description: 'The space.' })
  space!: SpaceType;
}

export const UpdateSpaceResult = createUnionType({
  name: 'UpdateSpaceResult',
  description: 'What became of updateSpace.',
  types: () => [SpaceUpdatedType, SpaceNumberTakenType] as const,
  resolveType: byTypename,
});

@Resolver()
export class UpdateSpaceMutation {
  constructor(private readonly deps: SpacesDeps) {}

  @Mutation(() => UpdateSpaceResult, {
    description: 'Changes what a space is called, is for, or has. What is left out stays as it is.',
  })
  @Directive('@requiresScopes(scopes: [["spaces:write"]])')
  updateSpace(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => UpdateSpaceInputType, { description: 'The space and what changes.' })
    input: UpdateSpaceInputType,
  ): Promise<UpdateSpaceOutcome> {
    return updateSpace({ ...this.deps, viewer }, input);
  }
}
