import type { PaymentRow } from '../database/payment.entity.js';
import { type DeclineReason, dueAfter, type NextAction } from '../domain/payment.js';

/** A ticket as payments points at it; its fields are the tickets subgraph's. */
export interface TicketKey {
  id: string;
}

/** Minor units of a currency. */
export interface Amount {
  amount: number;
  currencyCode: string;
}

export interface TicketPaid {
  __typename: 'TicketPaid';
  ticket: TicketKey;
  payment: PaymentRow;
}

export interface TicketPartlyPaid {
  __typename: 'TicketPartlyPaid';
  ticket: TicketKey;
  payment: PaymentRow;
  due: Amount;
}

export interface PaymentDeclined {
  __typename: 'PaymentDeclined';
  message: string;
  reason: DeclineReason;
  payment: PaymentRow;
}

export interface PaymentInProgress {
  __typename: 'PaymentInProgress';
  message: string;
  payment: PaymentRow;
}

export interface PaymentActionRequired {
  __typename: 'PaymentActionRequired';
  message: string;
  action: NextAction;
  payment: PaymentRow;
}

export interface NothingDue {
  __typename: 'NothingDue';
  message: string;
  ticket: TicketKey;
}

export interface TicketNotPayable {
  __typename: 'TicketNotPayable';
  message: string;
  ticket: TicketKey;
}

export interface AmountExceedsDue {
  __typename: 'AmountExceedsDue';
  message: string;
  ticket: TicketKey;
  due: Amount;
}

export interface NotEnoughCash {
  __typename: 'NotEnoughCash';
  message: string;
  ticket: TicketKey;
  asked: Amount;
}

/** What a provider's answer can end in. */
export type FinishedPayment = TicketPaid | TicketPartlyPaid | PaymentDeclined | TicketNotPayable;
/** What it comes to while the provider waits for somebody; no end. */
export type WaitingPayment = PaymentInProgress | PaymentActionRequired;
/** Why there is nothing to charge. */
export type NotCharged = NothingDue | TicketNotPayable | AmountExceedsDue | NotEnoughCash;
/** What a command to pay ends in. */
export type FinalOutcome = FinishedPayment | NotCharged;
export type PayTicketOutcome = FinalOutcome | WaitingPayment;

/** True for an end that stays. */
export const isFinal = (outcome: FinishedPayment | WaitingPayment): outcome is FinishedPayment =>
  outcome.__typename !== 'PaymentInProgress' && outcome.__typename !== 'PaymentActionRequired';

/** What a payment whose money was taken comes to. */
export function paidOutcome(payment: PaymentRow): TicketPaid | TicketPartlyPaid {
  const ticket = { id: payment.ticketId };
  const due = dueAfter(payment);
  return due === 0
    ? { __typename: 'TicketPaid', ticket, payment }
    : {
        __typename: 'TicketPartlyPaid',
        ticket,
        payment,
        due: { amount: due, currencyCode: payment.currencyCode },
      };
}

/** What a payment that the provider has not decided comes to for who asks. */
export function waitingOutcome(payment: PaymentRow): WaitingPayment {
  const action = payment.nextAction;
  if (!action || action.kind === 'WAIT') return paymentInProgress(payment);
  const message =
    action.kind === 'CODE'
      ? 'The bank has sent the payer a code: confirm the payment with it.'
      : 'The payer has to approve the payment at the bank.';
  return { __typename: 'PaymentActionRequired', message, action, payment };
}

export const paymentInProgress = (payment: PaymentRow): PaymentInProgress => ({
  __typename: 'PaymentInProgress',
  message: 'A payment of this ticket is waiting for the provider. Look at it again in a moment.',
  payment,
});
