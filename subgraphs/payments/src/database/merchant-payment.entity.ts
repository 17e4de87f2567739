import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { MERCHANT_PAYMENT_METHODS } from '../domain/merchant-payment.js';

/** What a merchant paid of what it owed, in minor units of `currencyCode`. */
export const MerchantPayment = defineEntity({
  name: 'MerchantPayment',
  tableName: 'merchant_payment',
  properties: (p) => ({
    id: p.uuid().primary(),
    locationId: p.uuid(),
    merchantId: p.uuid(),
    method: p.enum(MERCHANT_PAYMENT_METHODS),
    currencyCode: p.string(),
    amount: p.bigint('number'),
    reference: p.string().nullable(),
    recordedAt: p.datetime(),
  }),
});
export type MerchantPaymentRow = InferEntity<typeof MerchantPayment>;
