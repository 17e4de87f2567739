import type { DeclineReason } from '../../domain/payment.js';

/** What the sandbox does with each token, as the test cards of real providers do. */
export const SANDBOX_TOKENS = new Map<string, DeclineReason | 'APPROVE' | 'TIME_OUT'>([
  ['tok_approve', 'APPROVE'],
  ['tok_decline_insufficient_funds', 'INSUFFICIENT_FUNDS'],
  ['tok_decline_expired_card', 'EXPIRED_CARD'],
  ['tok_decline_refused', 'REFUSED'],
  // takes the money, and the answer gets lost
  ['tok_timeout', 'TIME_OUT'],
]);
