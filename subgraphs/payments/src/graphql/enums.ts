import {
  DECLINE_REASONS,
  DISPUTE_STATUSES,
  NEXT_ACTIONS,
  PAYMENT_METHODS,
  PAYMENT_STATUSES,
  REFUND_STATUSES,
} from '../domain/payment.js';
import { REFUND_AUTHORITIES, REFUND_REFUSALS } from '../domain/refund-policy.js';
import { VEHICLE_KINDS } from '../domain/stay.js';
import { enumOf } from './enum-of.js';

export const PaymentMethodEnum = enumOf('PaymentMethod', PAYMENT_METHODS, 'How a ticket is paid.', {
  CASH: 'Coins and notes, settled at once.',
  CARD: 'A payment card, through the payment provider.',
  DIGITAL: 'A wallet or an app, through the payment provider.',
});

export const PaymentStatusEnum = enumOf('PaymentStatus', PAYMENT_STATUSES, 'Where a payment stands.', {
  PENDING:
    'The provider has not decided yet; `nextAction` tells what it waits for. No other payment of the ticket begins meanwhile.',
  AUTHORIZED: 'The provider has reserved the amount and is about to take it.',
  SUCCEEDED: 'The money was taken.',
  DECLINED: 'The provider took nothing; `declineReason` says why.',
  CANCELLED:
    'Given up before any money was taken, or all of it was given back as the ticket was void by then.',
  PARTIALLY_REFUNDED: 'Taken, and part of it given back.',
  REFUNDED: 'Taken, and all of it given back.',
  DISPUTED:
    'Taken, and the payer asked the bank for it back; `disputes` tells more. Nothing can be refunded now.',
});

export const RefundStatusEnum = enumOf('RefundStatus', REFUND_STATUSES, 'Where a refund stands.', {
  PENDING: 'The provider has not answered yet.',
  SUCCEEDED: 'The money was given back.',
  FAILED: 'The provider refused; the amount can be refunded again.',
});

export const DeclineReasonEnum = enumOf('DeclineReason', DECLINE_REASONS, 'Why no money was taken.', {
  INSUFFICIENT_FUNDS: 'The account does not have enough money.',
  EXPIRED_CARD: 'The card has expired.',
  REFUSED: 'The bank refused without telling why.',
  UNKNOWN_TOKEN: 'The provider does not know the token.',
  LOST_OR_STOLEN_CARD: 'The card was reported lost or stolen.',
  LIMIT_EXCEEDED: 'The card has reached its limit.',
  WRONG_SECURITY_CODE: 'The security code of the card is wrong.',
  NOT_AUTHENTICATED: 'The payer failed the second step, so did not prove to be the card holder.',
  CANCELLED: 'The payment was given up: nothing was taken, or all of it was given back at once.',
});

export const NextActionEnum = enumOf('NextActionKind', NEXT_ACTIONS, 'What a payment waits for.', {
  CODE: 'The bank has sent the payer a code: ask for it and call confirmPayment.',
  AT_BANK: 'The payer approves at the bank, at `url` if there is one. The payment then ends by itself.',
  WAIT: 'For nobody here: the provider decides later. The payment then ends by itself.',
});

export const DisputeStatusEnum = enumOf('DisputeStatus', DISPUTE_STATUSES, 'Where a dispute stands.', {
  OPEN: 'The bank has not decided.',
  WON: 'Decided for the location: the money stays.',
  LOST: 'Decided for the payer: the bank has given the money back.',
});

export const RefundAuthorityEnum = enumOf(
  'RefundAuthority',
  REFUND_AUTHORITIES,
  'Who may give money back, of those with the scope payments:refund.',
  {
    ANYBODY: 'Everybody with the scope, API keys too.',
    MANAGERS: 'Users with the role MANAGER or OWNER.',
    OWNERS: 'Users with the role OWNER.',
  },
);

export const RefundRefusalEnum = enumOf(
  'RefundRefusal',
  REFUND_REFUSALS,
  'Why a refund policy does not allow a refund.',
  {
    NOT_AUTHORIZED: 'Somebody else has to give it: `policy.who` says who.',
    REASON_NOT_ACCEPTED: 'The reason is none of `policy.reasons`.',
    WINDOW_OVER: 'The payment is more than `policy.windowDays` ago.',
    PERCENT_EXCEEDED: 'All refunds of the payment together would exceed `policy.mostPercent`.',
  },
);

export const VehicleKindEnum = enumOf(
  'VehicleKind',
  VEHICLE_KINDS,
  'What enters: decides the kind of space, and may decide the price.',
  {
    CAR: 'A car; takes a space for cars.',
    MOTORCYCLE: 'A motorcycle; takes a space for motorcycles, or for cars where none is free.',
    TRUCK: 'A truck or a coach; takes a space for trucks.',
  },
);
