/** How merchants pay what they owe; no provider is asked. */
export const MERCHANT_PAYMENT_METHODS = ['CASH', 'BANK_TRANSFER'] as const;
export type MerchantPaymentMethod = (typeof MERCHANT_PAYMENT_METHODS)[number];
