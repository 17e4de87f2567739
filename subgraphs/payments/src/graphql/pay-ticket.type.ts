import { Problem } from '@plaza/platform/graphql/problem';
import { DateTime, Decimal } from '@plaza/platform/graphql/scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { DeclineReason, NextAction, PaymentMethod } from '../domain/payment.js';
import { Ticket } from './entities.type.js';
import { DeclineReasonEnum, PaymentMethodEnum } from './enums.js';
import { Payment, PaymentNextAction } from './payment.type.js';

@InputType({ description: 'What the driver pays with.' })
export class TenderInput {
  @Field(() => String, {
    nullable: true,
    description:
      'For CARD and DIGITAL: the token from the payment provider’s form or terminal. The sandbox has tokens that approve ' +
      '(tok_approve), decline, need a second step, time out, succeed later and are disputed: docs/payments.md lists them.',
  })
  token?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'For CASH: what was handed over. `change` then tells what goes back.',
  })
  cashReceived?: string | null;
}

@InputType({ description: 'A payment of what is due on a ticket.' })
export class PayTicketInput {
  @Field(() => ID, { description: 'The ticket to pay.' })
  ticketId!: string;

  @Field(() => PaymentMethodEnum, { description: 'How it is paid.' })
  method!: PaymentMethod;

  @Field(() => Decimal, {
    nullable: true,
    description:
      'How much of what is due; all of it unless told. A ticket can be paid by several payments, one after the other.',
  })
  amount?: string | null;

  @Field(() => TenderInput, { nullable: true, description: 'What it is paid with; CASH needs none.' })
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

@ObjectType({ description: 'The money was taken, and more is due: the vehicle may not leave yet.' })
export class TicketPartlyPaid {
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
    'The provider has not decided a payment of this ticket yet. Nothing is charged twice: look at the payment again, or ' +
    'give it up with cancelPayment.',
})
export class PaymentInProgress extends Problem {
  @Field(() => Payment, { description: 'The payment under way.' })
  payment!: Payment;
}

@ObjectType({
  implements: Problem,
  description:
    'The payer has to do something before the provider takes the money: `action` tells what. Within 15 minutes; then the ' +
    'payment is cancelled.',
})
export class PaymentActionRequired extends Problem {
  @Field(() => PaymentNextAction, { description: 'What the payer has to do.' })
  action!: NextAction;

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

@ObjectType({ implements: Problem, description: 'The amount is more than what is due. Nothing was charged.' })
export class AmountExceedsDue extends Problem {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

@ObjectType({
  implements: Problem,
  description: 'Less cash was handed over than was asked for. Nothing was taken.',
})
export class NotEnoughCash extends Problem {
  @Field(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}
