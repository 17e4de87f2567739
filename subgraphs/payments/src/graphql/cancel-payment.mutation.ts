import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
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
import { cancelPayment, type CancelPaymentOutcome } from '../use-cases/cancel-payment.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import { PaymentInProgress } from './pay-ticket.type.js';
import { Payment } from './payment.type.js';

@InputType({ description: 'A payment to give up.' })
export class CancelPaymentInput {
  @Field(() => ID, { description: 'The payment that waits.' })
  paymentId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Send the same key (1 to 255 characters) again and be told what has become of the payment.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The payment has ended without money: the ticket can be paid otherwise.' })
export class PaymentCancelled {
  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

@ObjectType({ implements: Problem, description: 'The money was taken before: refundPayment gives it back.' })
export class PaymentNotCancellable extends Problem {
  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

const CancelPaymentResult = createUnionType({
  name: 'CancelPaymentResult',
  description:
    'What came of giving up a payment. PaymentInProgress: the provider can’t give it up now, and will decide by itself.',
  types: () => [PaymentCancelled, PaymentNotCancellable, PaymentInProgress] as const,
  resolveType: byTypename,
});

@Resolver()
export class CancelPaymentMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => CancelPaymentResult, {
    description:
      'Gives up a payment that waits for the payer or the provider. Nothing is taken for it afterwards.',
  })
  cancelPayment(
    @Arg('input', () => CancelPaymentInput, { description: 'Which payment.' }) input: CancelPaymentInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<CancelPaymentOutcome> {
    return cancelPayment({ ...this.deps, viewer }, input);
  }
}
