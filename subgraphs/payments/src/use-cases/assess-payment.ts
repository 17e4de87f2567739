import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { newId } from '@plaza/platform/ids';
import { fromDecimal, toDecimal } from '@plaza/platform/money';
import { readSharesPaid } from '../database/ledger.queries.js';
import { type NewPayment, readPayments } from '../database/payment.queries.js';
import type { StayAccount } from '../database/stay-account.queries.js';
import { askCash } from '../domain/cash.js';
import type { PaymentMethod } from '../domain/payment.js';
import { taxesPaid } from '../domain/receipt.js';
import { isInside } from '../domain/stay.js';
import type { Quote } from '../domain/tariff/quote.js';
import type { Rounding } from '../domain/tariff/tariff-rules.js';
import { type NotCharged, paymentInProgress, type PaymentInProgress } from './pay-ticket.outcome.js';
import { quoteOf } from './quote-of-stay.js';

/** A command to pay, with its instant known. */
export interface PaymentCommand {
  ticketId: string;
  method: PaymentMethod;
  paidAt: Date;
  /** True when the caller told the instant. */
  backdated: boolean;
  /** How much of what is due, as a decimal; null: all of it. */
  amount: string | null;
  /** What the provider's form or terminal gave the client; null for cash. */
  token: string | null;
  /** What was handed over, as a decimal; null: what was asked for. */
  cashReceived: string | null;
}

/** The payment that is to be made now; its status is for the caller to decide. */
export interface DuePayment {
  __typename: 'DuePayment';
  payment: Omit<NewPayment, 'status' | 'provider'>;
}

/** Works out what there is to pay for a locked stay; undefined: the viewer sees none. */
export async function assessPayment(
  tx: Transaction,
  command: PaymentCommand,
  stay: StayAccount | undefined,
): Promise<DuePayment | PaymentInProgress | NotCharged> {
  const { ticketId, method, paidAt, backdated } = command;
  if (!stay) throw notFound('The ticket');
  if (backdated && paidAt < stay.enteredAt) throw badUserInput('paidAt', 'This lies before the entry.');
  const ticket = { id: ticketId };
  if (stay.pendingPaymentId) {
    const [payment] = await readPayments(tx, [stay.pendingPaymentId]);
    if (payment) return paymentInProgress(payment);
  }
  if (!isInside(stay.status)) {
    return { __typename: 'TicketNotPayable', message: 'This ticket is not open.', ticket };
  }
  const quote = quoteOf(stay, paidAt);
  if (quote.due === 0 || !stay.rules || !stay.tariffVersionId) {
    return { __typename: 'NothingDue', message: 'There is nothing to pay for this ticket now.', ticket };
  }
  const asked = ask(command, quote, stay.rules.rounding);
  if (asked.__typename !== 'Asked') return asked;
  const { amount, rounding, cashReceived } = asked;
  const taxed = stay.received > 0 ? await readSharesPaid(tx, ticketId) : [];
  const paid = { ...quote, tariffVersionId: stay.tariffVersionId, taxed };
  return {
    __typename: 'DuePayment',
    payment: {
      id: newId(),
      ticketId,
      locationId: stay.locationId,
      method,
      currencyCode: quote.currencyCode,
      amount,
      tax: taxesPaid({ amount, quote: paid }).reduce((sum, { tax }) => sum + tax, 0),
      rounding,
      cashReceived,
      quote: paid,
      paidAt,
    },
  };
}

interface Asked {
  __typename: 'Asked';
  amount: number;
  rounding: number;
  cashReceived: number | null;
}

function ask(command: PaymentCommand, quote: Quote, coins: Rounding): Asked | NotCharged {
  const { currencyCode, due } = quote;
  const ticket = { id: command.ticketId };
  const part = command.amount === null ? null : fromDecimal(command.amount, currencyCode);
  if (part !== null && part <= 0) throw badUserInput('amount', 'A payment is more than nothing.');
  const isCash = command.method === 'CASH';
  const asked = isCash ? askCash(coins, due, part) : { amount: part ?? due, rounding: 0 };
  if ((asked?.amount ?? part ?? 0) > due) {
    const message = 'This is more than what is due.';
    return { __typename: 'AmountExceedsDue', message, ticket, due: { amount: due, currencyCode } };
  }
  if (!asked) {
    const unit = `${toDecimal(coins.cashUnit, currencyCode)} ${currencyCode}`;
    throw badUserInput('amount', `There are no smaller coins than ${unit}.`);
  }
  const handed = asked.amount + asked.rounding;
  const cashReceived =
    command.cashReceived === null
      ? null
      : fromDecimal(command.cashReceived, currencyCode, 'tender.cashReceived');
  if (cashReceived !== null && cashReceived < 0) {
    throw badUserInput('tender.cashReceived', 'Nobody hands over less than nothing.');
  }
  if (cashReceived !== null && cashReceived < handed) {
    const message = 'This is less cash than was asked for.';
    return { __typename: 'NotEnoughCash', message, ticket, asked: { amount: handed, currencyCode } };
  }
  return { __typename: 'Asked', ...asked, cashReceived };
}
