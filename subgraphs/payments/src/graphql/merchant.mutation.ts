import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import { Decimal } from '@plaza/platform/graphql/scalars';
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
import type { CostBearer } from '../database/merchant.entity.js';
import { addMerchant, type MerchantOutcome } from '../use-cases/add-merchant.js';
import { changeMerchant } from '../use-cases/change-merchant.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { CostBearerEnum, Merchant } from './merchant.type.js';

const KEY = 'Send the same key (1 to 255 characters) again and get the first result again.';

@InputType({
  description: 'What a merchant may take off, in the currency of its location. Left out: no limit.',
})
export class MerchantLimitsInput {
  @Field(() => Decimal, { nullable: true, description: 'At most so much of one stay: "10.00".' })
  perTicket?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'At most so much in a month of the location’s calendar: "500.00". It needs `perTicket`, which is not above it.',
  })
  perMonth?: string | null;
}

@InputType({ description: 'A business that may validate tickets.' })
export class AddMerchantInput {
  @Field(() => ID, { description: 'The location whose tickets it may validate.' })
  locationId!: string;

  @Field(() => String, { description: 'Its name, 1 to 120 characters, as drivers read it.' })
  name!: string;

  @Field(() => CostBearerEnum, { defaultValue: 'MERCHANT', description: 'Who bears the cost.' })
  borneBy!: CostBearer;

  @Field(() => MerchantLimitsInput, { nullable: true, description: 'Its limits; none unless told.' })
  limits?: MerchantLimitsInput | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What changes of a merchant: only what is given.' })
export class ChangeMerchantInput {
  @Field(() => ID, { description: 'The merchant.' })
  merchantId!: string;

  @Field(() => String, { nullable: true, description: 'Its new name.' })
  name?: string | null;

  @Field(() => CostBearerEnum, { nullable: true, description: 'Who bears the cost from now on.' })
  borneBy?: CostBearer | null;

  @Field(() => MerchantLimitsInput, { nullable: true, description: 'Its new limits, both of them.' })
  limits?: MerchantLimitsInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it may validate tickets.' })
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The merchant may validate tickets from now on.' })
export class MerchantAdded {
  @Field(() => Merchant, { description: 'The merchant.' })
  merchant!: Merchant;
}

@ObjectType({ description: 'The merchant is as it was told to be.' })
export class MerchantChanged {
  @Field(() => Merchant, { description: 'The merchant.' })
  merchant!: Merchant;
}

@ObjectType({ implements: Problem, description: 'The location has a merchant of this name.' })
export class MerchantNameTaken extends Problem {}

const AddMerchantResult = createUnionType({
  name: 'AddMerchantResult',
  description: 'What came of adding a merchant.',
  types: () => [MerchantAdded, MerchantNameTaken] as const,
  resolveType: byTypename,
});

const ChangeMerchantResult = createUnionType({
  name: 'ChangeMerchantResult',
  description: 'What came of changing a merchant.',
  types: () => [MerchantChanged, MerchantNameTaken] as const,
  resolveType: byTypename,
});

@Resolver()
export class MerchantMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["tariffs:write"]])')
  @Mutation(() => AddMerchantResult, { description: 'Allows a business to validate tickets of a location.' })
  addMerchant(
    @Arg('input', () => AddMerchantInput, { description: 'The business.' }) input: AddMerchantInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<MerchantOutcome<'MerchantAdded'>> {
    return addMerchant({ ...this.deps, viewer }, input);
  }

  @Directive('@requiresScopes(scopes: [["tariffs:write"]])')
  @Mutation(() => ChangeMerchantResult, {
    description: 'Changes a merchant. What it validated before stays as it was.',
  })
  changeMerchant(
    @Arg('input', () => ChangeMerchantInput, { description: 'What changes.' }) input: ChangeMerchantInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<MerchantOutcome<'MerchantChanged'>> {
    loaders.clear();
    return changeMerchant({ ...this.deps, viewer }, input);
  }
}
