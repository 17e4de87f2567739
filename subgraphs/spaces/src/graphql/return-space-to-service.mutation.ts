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
  returnSpaceToService,
  type ReturnSpaceToServiceInput,
  type ReturnSpaceToServiceOutcome,
} from '../use-cases/return-space-to-service.js';
import type { SpacesDeps } from '../use-cases/context.js';
import { SpaceOccupiedType } from './problems.type.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';

@InputType('ReturnSpaceToServiceInput', { description: 'The space to return.' })
export class ReturnSpaceToServiceInputType implements ReturnSpaceToServiceInput {
  @Field(() => ID, { description: 'The space.' })
  spaceId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input gets the first result again; 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@ObjectType('SpaceReturnedToService', { description: 'The space can be taken again.' })
export class SpaceReturnedToServiceType {
  @Field(() => SpaceType, { description: 'The space.' })
  space!: SpaceType;
}

export const ReturnSpaceToServiceResult = createUnionType({
  name: 'ReturnSpaceToServiceResult',
  description: 'What became of returnSpaceToService.',
  types: () => [SpaceReturnedToServiceType, SpaceOccupiedType] as const,
  resolveType: byTypename,
});

@Resolver()
export class ReturnSpaceToServiceMutation {
  constructor(private readonly deps: SpacesDeps) {}

  @Mutation(() => ReturnSpaceToServiceResult, { description: 'Makes a blocked space free again.' })
  @Directive('@requiresScopes(scopes: [["spaces:write"]])')
  returnSpaceToService(
    @Ctx() { viewer }: RequestContext,
    @Arg('input', () => ReturnSpaceToServiceInputType, { description: 'The space to return.' })
    input: ReturnSpaceToServiceInputType,
  ): Promise<ReturnSpaceToServiceOutcome> {
    return returnSpaceToService({ ...this.deps, viewer }, input);
  }
}
