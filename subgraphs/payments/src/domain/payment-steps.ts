import type { PaymentStatus } from './payment.js';

/** Where a payment may go from each status. The database keeps to the same list (trigger `step`), whoever writes. */
export const PAYMENT_STEPS: Record<PaymentStatus, readonly PaymentStatus[]> = {
  PENDING: ['AUTHORIZED', 'SUCCEEDED', 'DECLINED', 'CANCELLED'],
  AUTHORIZED: ['SUCCEEDED', 'DECLINED', 'CANCELLED'],
  SUCCEEDED: ['PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED'],
  PARTIALLY_REFUNDED: ['REFUNDED', 'DISPUTED'],
  DISPUTED: ['SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  DECLINED: [],
  CANCELLED: [],
  REFUNDED: [],
};
