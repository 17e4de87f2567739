import { connectionType } from '@plaza/platform/graphql/connection';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { MERCHANT_PAYMENT_METHODS, type MerchantPaymentMethod } from '../domain/merchant-payment.js';
import { enumOf } from './enum-of.js';

export const MerchantPaymentMethodEnum = enumOf(
  'MerchantPaymentMethod',
  MERCHANT_PAYMENT_METHODS,
  'How a merchant pays what it owes.',
  {
    CASH: 'Cash that is put into the drawer of the location; it belongs to the open shift.',
    BANK_TRANSFER: 'Money that has come to the operator’s bank account.',
  },
);

@ObjectType({ description: 'What a merchant paid of what it owed. It is never changed.' })
export class MerchantPayment {
  @Field(() => ID, { description: 'The id of the payment.' })
  id!: string;

  @Field(() => MerchantPaymentMethodEnum, { description: 'How it was paid.' })
  method!: MerchantPaymentMethod;

  @Field(() => String, {
    nullable: true,
    description:
      'What the bank or the merchant calls it: the number of an invoice; null where none was given.',
  })
  reference!: string | null;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  recordedAt!: Date;
}

export const MerchantPaymentConnection = connectionType(MerchantPayment, 'MerchantPayment');
