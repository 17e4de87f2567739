import type { RequestContext } from '@plaza/platform/graphql/context';
import { Problem } from '@plaza/platform/graphql/problem';
import { DateTime } from '@plaza/platform/graphql/scalars';
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
import type { DeclineReason, PaymentMethod } from '../domain/payment.js';
import { byTypename } from '@plaza/platform/graphql/by-typename';
import type { PaymentsDeps } from '../use-cases/context.js';
import { payTicket } from '../use-cases/pay-ticket.js';
import type { PayTicketOutcome } from '../use-cases/pay-ticket.outcome.js';
import { Ticket } from './entities.type.js';
import { DeclineReasonEnum, PaymentMethodEnum } from './enums.js';
import type { PaymentsLoaders } from './loaders.js';
import { Payment, Receipt } from './payment.type.js';

@InputType({ description: 'What the driver pays with.' })
export class TenderInput {
  @Field(() => String, {
    nullable: true,
    description:
      'For CARD and DIGITAL: the token from the payment provider’s form or terminal. The sandbox knows tok_approve, ' +
      'tok_decline_insufficient_funds, tok_decline_expired_card, tok_decline_refused and tok_timeout.',
  })
  token?: string | null;
}

@InputType({ description: 'A payment of all that is due on a ticket.' })
export class PayTicketInput {
  @Field(() => ID, { description: 'The ticket to pay.' })
  ticketId!: string;

  @Field(() => PaymentMethodEnum, { description: 'How it is paid.' })
  method!: PaymentMethod;

  @Field(() => TenderInput, { nullable: true, description: 'What it is paid with; not needed for CASH.' })
  tender?: TenderInput | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was paid; now unless told. A past instant needs the scope tickets:backdate.',
  })
  paidAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Send the same key (1 to 255 characters) again and get the first result again, never a second charge.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'The money was taken and the ticket is settled: the vehicle may leave within the exit grace.',
})
export class TicketPaid {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Field(() => Payment, { description: 'The payment.' })
  payment!: Payment;
}

@ObjectType({ implements: Problem, description: 'The provider took no money. Pay again, with other means.' })
export class PaymentDeclined extends Problem {
  @Field(() => DeclineReasonEnum, { description: 'Why.' })
  reason!: DeclineReason;

  @Field(() => Payment, { description: 'The payment that failed.' })
  payment!: Payment;
}

@ObjectType({
  implements: Problem,
  description:
    'The provider has not answered a payment of this ticket yet. Nothing is charged twice: look at the payment again.',
})
export class PaymentInProgress extends Problem {
  @Field(() => Payment, { description: 'The payment under way.' })
  payment!: Payment;
}

@ObjectType({ implements: Problem, description: 'Nothing is due on the ticket now: the vehicle may leave.' })
export class NothingDue extends Problem {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

@ObjectType({
  implements: Problem,
  description:
    'The vehicle has left or the ticket is void. What was taken while that happened has been given back.',
})
export class TicketNotPayable extends Problem {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

const PayTicketResult = createUnionType({
  name: 'PayTicketResult',
  description: 'What came of a payment.',
  types: () => [TicketPaid, PaymentDeclined, PaymentInProgress, NothingDue, TicketNotPayable] as const,
  resolveType: byTypename,
});

@Resolver(() => TicketPaid)
export class TicketPaidResolver {
  constructor(private readonly load: PaymentsLoaders) {}

  @FieldResolver(() => Receipt, { description: 'Its receipt.' })
  receipt(@Root() { payment }: TicketPaid, @Ctx() context: RequestContext) {
    return this.load.receiptOfPayment(context, payment.id);
  }
}

@Resolver()
export class PayTicketMutation {
  constructor(private readonly deps: PaymentsDeps) {}

  @Directive('@requiresScopes(scopes: [["payments:write"]])')
  @Mutation(() => PayTicketResult, { description: 'Pays all that is due on a ticket.' })
  payTicket(
    @Arg('input', () => PayTicketInput, { description: 'What to pay and how.' }) input: PayTicketInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<PayTicketOutcome> {
    return payTicket({ ...this.deps, viewer }, input);
  }
}
