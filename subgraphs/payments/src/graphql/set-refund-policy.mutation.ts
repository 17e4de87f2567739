import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { RequestContext } from '@plaza/platform/graphql/context';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { DEFAULT_REFUND_POLICY, type RefundAuthority } from '../domain/refund-policy.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import {
  setRefundPolicy,
  type RefundPolicySet as RefundPolicySetOutcome,
} from '../use-cases/set-refund-policy.js';
import { RefundAuthorityEnum } from './enums.js';
import { RefundPolicy } from './refund-policy.type.js';

@InputType({ description: 'Under which conditions money is given back from now on.' })
export class SetRefundPolicyInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Only at this location; at every location without a policy of its own unless told.',
  })
  locationId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many days of 24 hours after a payment, 0 to 3650; for ever unless told.',
  })
  windowDays?: number | null;

  @Field(() => Int, {
    defaultValue: 100,
    description: 'The most of a payment that all its refunds together give back, 0 to 100 percent.',
  })
  mostPercent!: number;

  @Field(() => [String], {
    defaultValue: [],
    description: 'The reasons that are accepted, word for word, at most 50; empty: any reason.',
  })
  reasons!: string[];

  @Field(() => RefundAuthorityEnum, {
    defaultValue: DEFAULT_REFUND_POLICY.who,
    description: 'Who may give money back.',
  })
  who!: RefundAuthority;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The policy is in force.' })
export class RefundPolicySet {
  @Field(() => RefundPolicy, { description: 'The policy.' })
  policy!: RefundPolicy;
}

const SetRefundPolicyResult = createUnionType({
  name: 'SetRefundPolicyResult',
  description: 'What came of setting a refund policy.',
  types: () => [RefundPolicySet] as const,
  resolveType: byTypename,
});

@Resolver()
export class SetRefundPolicyMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["organization:write"]])')
  @Mutation(() => SetRefundPolicyResult, {
    description: 'Sets under which conditions money is given back. Refunds that were given stay as they are.',
  })
  setRefundPolicy(
    @Arg('input', () => SetRefundPolicyInput, { description: 'Where, and under which conditions.' })
    input: SetRefundPolicyInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<RefundPolicySetOutcome> {
    return setRefundPolicy({ ...this.deps, viewer }, input);
  }
}
