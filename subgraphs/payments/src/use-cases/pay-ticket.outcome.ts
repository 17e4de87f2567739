import type { PaymentRow } from '../database/payment.entity.js';
import type { DeclineReason } from '../domain/payment.js';

/** A ticket as payments points at it; its fields are the tickets subgraph's. */
export interface TicketKey {
  id: string;
}

export interface TicketPaid {
  __typename: 'TicketPaid';
  ticket: TicketKey;
  payment: PaymentRow;
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

/** What a provider's answer can end in. */
export type FinishedPayment = TicketPaid | PaymentDeclined | TicketNotPayable;
/** What a command to pay ends in; PaymentInProgress is no end. */
export type FinalOutcome = FinishedPayment | NothingDue;
export type PayTicketOutcome = FinalOutcome | PaymentInProgress;
