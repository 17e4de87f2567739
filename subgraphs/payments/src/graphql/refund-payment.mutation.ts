import type { RequestContext } from '@plaza/platform/graphql/context';
import { Money, money } from '@plaza/platform/graphql/money.type';
import { Problem } from '@plaza/platform/graphql/problem';
import { Decimal } from '@plaza/platform/graphql/scalars';
import {
  Arg,
  createUnionType,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { PaymentsDeps } from '../use-cases/context.js';
import { refundPayment } from '../use-cases/refund-payment.js';
import type {
  RefundExceedsPayment as Exceeds,
  RefundPaymentOutcome,
} from '../use-cases/refund-payment.outcome.js';
import type { RefundRefusal } from '../domain/refund-policy.js';
import { RefundRefusalEnum } from './enums.js';
import { Payment, Refund } from './payment.type.js';
import { TicketNotOpen } from './record-exit.mutation.js';
import { RefundPolicy } from './refund-policy.type.js';

@InputType({ description: 'Money to give back.' })
export class RefundPaymentInput {
  @Field(() => ID, { description: 'The payment to give back.' })
  paymentId!: string;

  @Field(() => Decimal, {
    nullable: true,
    description: 'How much, in the currency of the payment; all that is left of it unless told.',
  })
  amount?: string | null;

  @Field(() => String, {
    description: 'Why, in 1 to 500 characters; the refund policy may name the reasons that count.',
  })
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: the driver owes the amount again, and the vehicle cannot leave before it is paid, perhaps otherwise. Only ' +
      'while the vehicle is inside. False unless told: what is given back is let off, beyond what was paid too much.',
  })
  owedAgain?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Send the same key (1 to 255 characters) again and get the first result again, never a second refund.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({
  description:
    'The money was given back; while `refund.status` is PENDING the provider has yet to confirm it.',
})
export class PaymentRefunded {
  @Field(() => Payment, { description: 'The payment after the refund.' })
  payment!: Payment;

  @Field(() => Refund, { description: 'The refund.' })
  refund!: Refund;
}

@ObjectType({ implements: Problem, description: 'The provider refused to give the money back.' })
export class RefundDeclined extends Problem {
  @Field(() => Payment, { description: 'The payment, unchanged.' })
  payment!: Payment;

  @Field(() => Refund, { description: 'The refund that failed.' })
  refund!: Refund;
}

@ObjectType({ implements: Problem, description: 'More was asked for than is left of the payment.' })
export class RefundExceedsPayment extends Problem {
  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

@ObjectType({
  implements: Problem,
  description: 'The refund policy does not allow this refund. Nothing was given back.',
})
export class RefundNotAllowed extends Problem {
  @Field(() => RefundRefusalEnum, { description: 'Which condition is not met.' })
  reason!: RefundRefusal;

  @Field(() => RefundPolicy, { description: 'The policy in force.' })
  policy!: RefundPolicy;

  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

@ObjectType({
  implements: Problem,
  description:
    'No money was taken by this payment, or the payer has asked the bank for it: `payment.status` tells.',
})
export class PaymentNotRefundable extends Problem {
  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

const RefundPaymentResult = createUnionType({
  name: 'RefundPaymentResult',
  description: 'What came of a refund.',
  types: () =>
    [
      PaymentRefunded,
      RefundDeclined,
      RefundExceedsPayment,
      RefundNotAllowed,
      PaymentNotRefundable,
      TicketNotOpen,
    ] as const,
  resolveType: byTypename,
});

@Resolver(() => RefundExceedsPayment)
export class RefundExceedsPaymentResolver {
  @FieldResolver(() => Money, { description: 'What can still be given back.' })
  refundable(@Root() { refundable: { amount, currencyCode } }: Exceeds): Money {
    return money(amount, currencyCode);
  }
}

@Resolver()
export class RefundPaymentMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:refund"]])')
  @Mutation(() => RefundPaymentResult, {
    description: 'Gives back a payment, whole or in part, as the refund policy allows.',
  })
  refundPayment(
    @Arg('input', () => RefundPaymentInput, { description: 'What to give back, and why.' })
    input: RefundPaymentInput,
    @Ctx() { viewer, loaders }: RequestContext,
  ): Promise<RefundPaymentOutcome> {
    // what an earlier refund of the same request read is out of date
    loaders.clear();
    return refundPayment({ ...this.deps, viewer }, input);
  }
}
