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
import { SpaceType } from './space.type.js';
import {
  takeSpaceOutOfService,
  type TakeSpaceOutOfServiceInput,
  type TakeSpaceOutOfServiceOutcome,
} from '../use-cases/take-space-out-of-service.js';
import type { SpacesDeps } from '../use-cases/context.js';
import { SpaceOccupiedType } from './problems.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('TakeSpaceOutOfServiceInput', { description: 'The space to block.' })
export class TakeSpaceOutOfServiceInputType implements TakeSpaceOutOfServiceInput {
  @Field(() => ID, { description: 'The space.' })
  spaceId!: string;

  @Field(() => String, { nullable: true, description: 'Why, for colleagues; at most 500 characters.' })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('SpaceTakenOutOfService', { description: 'The space is out of service.' })
export class SpaceTakenOutOfServiceType {
  @Field(() => SpaceType, { description: 'The space.' })
  space!: SpaceType;
}

export const TakeSpaceOutOfServiceResult = createUnionType({
  name: 'TakeSpaceOutOfServiceResult',
  description: 'What became of takeSpaceOutOfService.',
  types: () => [SpaceTakenOutOfServiceType, SpaceOccupiedType] as const,
  resolveType: byTypename,
});

@Resolver()
export class TakeSpaceOutOfServiceMutation {
  constructor(private readonly deps: SpacesDeps) {}

  @Mutation(() => TakeSpaceOutOfServiceResult, {
    description: 'Blocks a space until it is returned to service.',
  })
  @Directive('@requiresScopes(scopes: [["spaces:write"]])')
  takeSpaceOutOfService(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => TakeSpaceOutOfServiceInputType, { description: 'The space to block.' })
    input: TakeSpaceOutOfServiceInputType,
  ): Promise<TakeSpaceOutOfServiceOutcome> {
    return takeSpaceOutOfService({ ...this.deps, viewer }, input);
  }
}
