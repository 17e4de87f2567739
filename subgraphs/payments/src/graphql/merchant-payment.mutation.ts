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
import type { MerchantPaymentMethod } from '../domain/merchant-payment.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import {
  recordMerchantPayment,
  type RecordMerchantPaymentOutcome,
} from '../use-cases/record-merchant-payment.js';
import { MerchantPayment, MerchantPaymentMethodEnum } from './merchant-payment.type.js';
import { Merchant } from './merchant.type.js';

@InputType({ description: 'Money that a merchant paid.' })
export class RecordMerchantPaymentInput {
  @Field(() => ID, { description: 'The merchant.' })
  merchantId!: string;

  @Field(() => Decimal, {
    description: 'How much, in the currency of its location: "120.00". At most what it owes.',
  })
  amount!: string;

  @Field(() => MerchantPaymentMethodEnum, { description: 'How it was paid.' })
  method!: MerchantPaymentMethod;

  @Field(() => String, {
    nullable: true,
    description: 'What the bank or the merchant calls it, at most 140 characters: the number of an invoice.',
  })
  reference?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and get the first result again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The payment is booked: `merchant.owes` is so much less.' })
export class MerchantPaymentRecorded {
  @Field(() => MerchantPayment, { description: 'The payment.' })
  merchantPayment!: MerchantPayment;

  @Field(() => Merchant, { description: 'The merchant.' })
  merchant!: Merchant;
}

@ObjectType({
  implements: Problem,
  description: 'The merchant owes less than that: `merchant.owes` tells how much. Nothing was recorded.',
})
export class MerchantPaymentExceedsDebt extends Problem {
  @Field(() => Merchant, { description: 'The merchant.' })
  merchant!: Merchant;
}

const RecordMerchantPaymentResult = createUnionType({
  name: 'RecordMerchantPaymentResult',
  description: 'What came of recording a merchant’s payment.',
  types: () => [MerchantPaymentRecorded, MerchantPaymentExceedsDebt] as const,
  resolveType: byTypename,
});

@Resolver()
export class MerchantPaymentMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => RecordMerchantPaymentResult, {
    description: 'Records that a merchant paid some of what it owes for validations, in cash or to the bank.',
  })
  recordMerchantPayment(
    @Arg('input', () => RecordMerchantPaymentInput, { description: 'Who paid, how much and how.' })
    input: RecordMerchantPaymentInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<RecordMerchantPaymentOutcome> {
    loaders.clear();
    return recordMerchantPayment({ ...this.deps, viewer }, input);
  }
}
