import { DateTime } from '@plaza/platform/graphql/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { DeclineReason, PaymentMethod, PaymentStatus } from '../domain/payment.js';
import type { RefundRow } from '../database/refund.entity.js';
import { DeclineReasonEnum, PaymentMethodEnum, PaymentStatusEnum, RefundStatusEnum } from './enums.js';

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

  @Field(() => DateTime, { description: 'When it was paid; for one that failed, when it was tried.' })
  paidAt!: Date;
}

@ObjectType({ description: 'Money given back of a payment.' })
export class Refund {
  @Field(() => ID, { description: 'The id of the refund.' })
  id!: string;

  @Field(() => RefundStatusEnum, { description: 'Where the refund stands.' })
  status!: RefundRow['status'];

  @Field(() => String, { description: 'Why it was given.' })
  reason!: string;

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
