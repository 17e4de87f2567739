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
import { confirmPayment, type ConfirmPaymentOutcome } from '../use-cases/confirm-payment.js';
import type { PaymentsDeps } from '../use-cases/context.js';
import {
  PaymentActionRequired,
  PaymentDeclined,
  PaymentInProgress,
  TicketNotPayable,
  TicketPaid,
  TicketPartlyPaid,
} from './pay-ticket.type.js';
import { Payment } from './payment.type.js';

@InputType({ description: 'The second step of a payment.' })
export class ConfirmPaymentInput {
  @Field(() => ID, { description: 'The payment that waits.' })
  paymentId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'For the action CODE: what the bank has sent the payer. The sandbox’s bank sends 123456.',
  })
  code?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Send the same key (1 to 255 characters) again and be told what has become of the payment, never charged again.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ implements: Problem, description: 'The payment needs no second step: it was settled at once.' })
export class PaymentNotWaiting extends Problem {
  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

const ConfirmPaymentResult = createUnionType({
  name: 'ConfirmPaymentResult',
  description:
    'What came of a payment after its second step; for a payment that has ended, what it ended in.',
  types: () =>
    [
      TicketPaid,
      TicketPartlyPaid,
      PaymentActionRequired,
      PaymentDeclined,
      PaymentInProgress,
      PaymentNotWaiting,
      TicketNotPayable,
    ] as const,
  resolveType: byTypename,
});

@Resolver()
export class ConfirmPaymentMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => ConfirmPaymentResult, {
    description:
      'Goes on with a payment that answered PaymentActionRequired, once the payer has done the step.',
  })
  confirmPayment(
    @Arg('input', () => ConfirmPaymentInput, { description: 'Which payment, and the code.' })
    input: ConfirmPaymentInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ConfirmPaymentOutcome> {
    return confirmPayment({ ...this.deps, viewer }, input);
  }
}
