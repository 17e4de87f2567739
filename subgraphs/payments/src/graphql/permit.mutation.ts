import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { DateTime } from '@plaza/platform/graphql/scalars';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { PaymentsDeps } from '../use-cases/context.js';
import { grantPermit, type PermitGranted as Granted } from '../use-cases/grant-permit.js';
import { type PermitRevoked as Revoked, revokePermit } from '../use-cases/revoke-permit.js';
import { Permit } from './permit.type.js';
import { TariffWindow } from './tariff-band.type.js';

@InputType({ description: 'Whose stays cost nothing, where and when.' })
export class GrantPermitInput {
  @Field(() => String, { description: 'The plate of the vehicle, however it is typed.' })
  plate!: string;

  @Field(() => [ID], { description: 'The locations, 1 to 100: each gets a permit of its own.' })
  locationIds!: string[];

  @Field(() => [TariffWindow], { defaultValue: [], description: 'Its hours, at most 20; empty: always.' })
  windows!: TariffWindow[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'It covers stays that begin at this instant or later; now unless told, never earlier.',
  })
  validFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'It covers stays that begin before this instant; left out: until it is revoked.',
  })
  validTo?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The permit to end.' })
export class RevokePermitInput {
  @Field(() => ID, { description: 'The permit.' })
  permitId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Stays that begin from now on, or from `validFrom` on, are covered.' })
export class PermitGranted {
  @Field(() => [Permit], { description: 'The permits, one for each location.' })
  permits!: Permit[];
}

@ObjectType({ description: 'Stays that begin from now on are not covered; those under way still are.' })
export class PermitRevoked {
  @Field(() => Permit, { description: 'The permit.' })
  permit!: Permit;
}

const GrantPermitResult = createUnionType({
  name: 'GrantPermitResult',
  description: 'What came of granting a permit.',
  types: () => [PermitGranted] as const,
  resolveType: byTypename,
});

const RevokePermitResult = createUnionType({
  name: 'RevokePermitResult',
  description: 'What came of revoking a permit.',
  types: () => [PermitRevoked] as const,
  resolveType: byTypename,
});

@Resolver()
export class PermitMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["customers:write"]])')
  @Mutation(() => GrantPermitResult, {
    description:
      'Makes the hours of a permit cost nothing for the stays of a vehicle that begin while it is valid.',
  })
  grantPermit(
    @Arg('input', () => GrantPermitInput, { description: 'Which vehicle, where and when.' })
    input: GrantPermitInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<Granted> {
    return grantPermit({ ...this.deps, viewer }, input);
  }

  @Directive('@requiresScopes(scopes: [["customers:write"]])')
  @Mutation(() => RevokePermitResult, { description: 'Ends a permit for the stays that begin from now on.' })
  revokePermit(
    @Arg('input', () => RevokePermitInput, { description: 'Which permit.' }) input: RevokePermitInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<Revoked> {
    return revokePermit({ ...this.deps, viewer }, input);
  }
}
