import { DECLINE_REASONS, PAYMENT_METHODS, PAYMENT_STATUSES, REFUND_STATUSES } from '../domain/payment.js';
import { VEHICLE_KINDS } from '../domain/stay.js';
import { REVENUE_GROUPINGS } from '../database/revenue.queries.js';
import { enumOf } from './enum-of.js';

export const PaymentMethodEnum = enumOf('PaymentMethod', PAYMENT_METHODS, 'How a ticket is paid.', {
  CASH: 'Coins and notes, settled at once.',
  CARD: 'A payment card, through the payment provider.',
  DIGITAL: 'A wallet or an app, through the payment provider.',
});

export const PaymentStatusEnum = enumOf('PaymentStatus', PAYMENT_STATUSES, 'Where a payment stands.', {
  PENDING:
    'The provider was asked and has not answered yet. It becomes SUCCEEDED, DECLINED or CANCELLED by itself.',
  SUCCEEDED: 'The money was taken.',
  DECLINED: 'The provider took nothing; `declineReason` says why.',
  CANCELLED:
    'Given up before any money was taken, or all of it was given back as the ticket was void by then.',
  PARTIALLY_REFUNDED: 'Taken, and part of it given back.',
  REFUNDED: 'Taken, and all of it given back.',
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
  CANCELLED: 'The payment was given up: nothing was taken, or all of it was given back at once.',
});

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

export const RevenueGroupingEnum = enumOf(
  'RevenueGrouping',
  REVENUE_GROUPINGS,
  'How a revenue report is cut.',
  {
    HOUR: 'By the hour, on the clock of the location. At most 62 days at once.',
    DAY: 'By the day, on the calendar of the location. At most 800 days at once.',
    METHOD: 'By the method of payment.',
  },
);
