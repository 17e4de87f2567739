import { DateTime } from '@plaza/platform/graphql/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { DisputeRow } from '../database/dispute.entity.js';
import type { DeclineReason, NextAction, PaymentMethod, PaymentStatus } from '../domain/payment.js';
import type { RefundRow } from '../database/refund.entity.js';
import {
  DeclineReasonEnum,
  DisputeStatusEnum,
  NextActionEnum,
  PaymentMethodEnum,
  PaymentStatusEnum,
  RefundStatusEnum,
} from './enums.js';

@ObjectType('NextAction', { description: 'What has to happen before the provider decides about a payment.' })
export class PaymentNextAction {
  @Field(() => NextActionEnum, { description: 'Who has to do what.' })
  kind!: NextAction['kind'];

  @Field(() => String, { nullable: true, description: 'Where to send the payer for it; null: nowhere.' })
  url!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A payment for a ticket.' })
export class Payment {
  @Field(() => ID, { description: 'The id of the payment.' })
  id!: string;

  @Field(() => PaymentMethodEnum, { description: 'How it was paid.' })
  method!: PaymentMethod;

  @Field(() => PaymentStatusEnum, { description: 'Where the payment stands.' })
  status!: PaymentStatus;

  @Field(() => DeclineReasonEnum, {
    nullable: true,
    description: 'Why no money was taken; null unless DECLINED or CANCELLED.',
  })
  declineReason!: DeclineReason | null;

  @Field(() => PaymentNextAction, {
    nullable: true,
    description: 'What it waits for; null when it has ended or while the provider is being asked.',
  })
  nextAction!: NextAction | null;

  @Field(() => DateTime, { description: 'When it was paid; for one that failed, when it was tried.' })
  paidAt!: Date;
}

@ObjectType({ description: 'A payer who asked the bank for the money of a payment back.' })
export class Dispute {
  @Field(() => ID, { description: 'The id of the dispute.' })
  id!: string;

  @Field(() => DisputeStatusEnum, { description: 'Where it stands.' })
  status!: DisputeRow['status'];

  @Field(() => String, { description: 'What the payer claims, in the words of the provider.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When we were told of it.' })
  openedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When we were told of its end; null while it is open.',
  })
  closedAt!: Date | null;
}

@ObjectType({ description: 'Money given back of a payment.' })
export class Refund {
  @Field(() => ID, { description: 'The id of the refund.' })
  id!: string;

  @Field(() => RefundStatusEnum, { description: 'Where the refund stands.' })
  status!: RefundRow['status'];

  @Field(() => String, { description: 'Why it was given.' })
  reason!: string;

  @Field(() => Boolean, {
    description: 'Whether the driver owes the amount again; otherwise it was let off.',
  })
  owedAgain!: boolean;

  @Field(() => DateTime, { description: 'When it was given.' })
  refundedAt!: Date;
}

@ObjectType({ description: 'The receipt of a payment. Numbers have no gaps within a location and year.' })
export class Receipt {
  @Field(() => ID, { description: 'The id of the receipt.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was issued.' })
  issuedAt!: Date;
}
