import type { DeclineReason } from '../../domain/payment.js';

/** What the sandbox's bank does by itself once a charge was made. */
export const HAPPENINGS = [
  'APPROVED',
  'CAPTURED',
  'DECLINED',
  'DISPUTE_OPENED',
  'DISPUTE_WON',
  'DISPUTE_LOST',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What the sandbox does with a card. */
export interface SandboxCard {
  /** How the charge stands when it is authorised. */
  status: 'AUTHORISED' | 'CAPTURED' | 'DECLINED' | 'ACTION_REQUIRED' | 'PROCESSING';
  decline?: DeclineReason;
  action?: 'CODE' | 'AT_BANK';
  /** No answer comes; UNHEARD: the order was lost on the way, so that no charge is made either. */
  silent?: 'UNHEARD' | 'UNANSWERED';
  /** What happens afterwards, one after the other. */
  later?: readonly Happening[];
}

const declined = (decline: DeclineReason): SandboxCard => ({ status: 'DECLINED', decline });

/** What the bank of the sandbox sends the holder of `tok_second_step`. */
export const SECOND_STEP_CODE = '123456';

/** The tokens that stand for cards, as the test cards of real providers do. docs/payments.md tells what each does. */
export const SANDBOX_TOKENS = new Map<string, SandboxCard>([
  ['tok_approve', { status: 'AUTHORISED' }],
  ['tok_decline_insufficient_funds', declined('INSUFFICIENT_FUNDS')],
  ['tok_decline_expired_card', declined('EXPIRED_CARD')],
  ['tok_decline_refused', declined('REFUSED')],
  ['tok_decline_lost_or_stolen_card', declined('LOST_OR_STOLEN_CARD')],
  ['tok_decline_limit_exceeded', declined('LIMIT_EXCEEDED')],
  ['tok_decline_wrong_security_code', declined('WRONG_SECURITY_CODE')],
  ['tok_second_step', { status: 'ACTION_REQUIRED', action: 'CODE' }],
  ['tok_second_step_at_bank', { status: 'ACTION_REQUIRED', action: 'AT_BANK', later: ['APPROVED'] }],
  ['tok_timeout', { status: 'CAPTURED', silent: 'UNANSWERED' }],
  ['tok_timeout_nothing_taken', { status: 'AUTHORISED', silent: 'UNHEARD' }],
  ['tok_succeed_later', { status: 'PROCESSING', later: ['CAPTURED'] }],
  ['tok_decline_later', { status: 'PROCESSING', later: ['DECLINED'] }],
  ['tok_dispute', { status: 'AUTHORISED', later: ['DISPUTE_OPENED'] }],
  ['tok_dispute_won', { status: 'AUTHORISED', later: ['DISPUTE_OPENED', 'DISPUTE_WON'] }],
  ['tok_dispute_lost', { status: 'AUTHORISED', later: ['DISPUTE_OPENED', 'DISPUTE_LOST'] }],
]);

/** A token that nobody gave out. */
export const UNKNOWN_CARD = declined('UNKNOWN_TOKEN');
