import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import type { Transaction } from '@plaza/platform/database/transaction';
import { badUserInput, notFound } from '@plaza/platform/errors';
import { appendEvent } from '@plaza/platform/events/append';
import { isId, newId } from '@plaza/platform/ids';
import { fromDecimal, toDecimal } from '@plaza/platform/money';
import { requireScope } from '@plaza/platform/viewer';
import type { MerchantRow } from '../database/merchant.entity.js';
import { lockMerchant } from '../database/merchant.queries.js';
import { lockStayAccount, type StayAccount } from '../database/stay-account.queries.js';
import type { ValidationRow } from '../database/validation.entity.js';
import { insertValidation, readMonthUsed, readValidationsOf } from '../database/validation.queries.js';
import { isInside } from '../domain/stay.js';
import { mostOf, type ValidationWorth } from '../domain/validation.js';
import type { PaymentsContext } from './context.js';
import type { TicketKey } from './pay-ticket.outcome.js';

export interface ValidateTicketInput {
  ticketId: string;
  merchantId: string;
  /** Exactly one of the three: percent, a decimal in the currency of the stay, minutes. */
  discount: { percent?: string | null; amount?: string | null; freeMinutes?: number | null };
  idempotencyKey?: string | null;
}

export type ValidateTicketOutcome =
  | { __typename: 'TicketValidated'; ticket: TicketKey; validation: ValidationRow }
  | { __typename: 'TicketAlreadyValidated'; message: string; validation: ValidationRow }
  | { __typename: 'MerchantLimitReached'; message: string; merchant: MerchantRow }
  | { __typename: 'MerchantNotActive'; message: string; merchant: MerchantRow }
  | { __typename: 'TicketNotOpen'; message: string; ticket: TicketKey };

/** A merchant takes something off the price of a stay and bears it, within its limits. */
export async function validateTicket(
  on: PaymentsContext,
  input: ValidateTicketInput,
): Promise<ValidateTicketOutcome> {
  const viewer = requireScope(on.viewer, 'payments:write');
  const { ticketId, merchantId } = input;
  if (!isId(ticketId)) throw notFound('The ticket');
  if (!isId(merchantId)) throw notFound('The merchant');
  return on.database.write(viewer, (tx) =>
    once<ValidateTicketOutcome>(tx, keyedCommand('payments', viewer, 'validateTicket', input), async () => {
      const stay = await lockStayAccount(tx, ticketId);
      if (!stay) throw notFound('The ticket');
      const merchant = await lockMerchant(tx, merchantId);
      if (merchant?.locationId !== stay.locationId) throw notFound('The merchant');
      const ticket = { id: ticketId };
      if (!isInside(stay.status)) {
        return { __typename: 'TicketNotOpen', message: 'This ticket is not open.', ticket };
      }
      if (!merchant.active) {
        const message = 'This merchant may not validate tickets now.';
        return { __typename: 'MerchantNotActive', message, merchant };
      }
      const before = (await readValidationsOf(tx, [ticketId])).find((one) => one.merchantId === merchantId);
      if (before) {
        const message = 'This merchant has validated the ticket already.';
        return { __typename: 'TicketAlreadyValidated', message, validation: before };
      }
      const worth = worthOf(input.discount, stay.currencyCode);
      const validation = await validate(tx, { stay, merchant, worth, at: on.clock.now() });
      if (validation) return { __typename: 'TicketValidated', ticket, validation };
      const message = 'The merchant has given all that it may give this month.';
      return { __typename: 'MerchantLimitReached', message, merchant };
    }),
  );
}

interface Given {
  stay: StayAccount;
  merchant: MerchantRow;
  worth: ValidationWorth;
  at: Date;
}

async function validate(
  tx: Transaction,
  { stay, merchant, worth, at }: Given,
): Promise<ValidationRow | null> {
  const { ticketId, locationId, currencyCode, timeZone } = stay;
  const { id: merchantId, name, mostPerTicket, mostPerMonth } = merchant;
  const { month, used } = await readMonthUsed(tx, merchantId, { at, timeZone });
  const leftThisMonth = mostPerMonth == null ? null : mostPerMonth - used;
  const most = mostOf(worth, { perTicket: mostPerTicket ?? null, leftThisMonth });
  if (most !== null && most <= 0) return null;
  const id = newId();
  const given = {
    id,
    locationId,
    ticketId,
    merchantId,
    name,
    currencyCode,
    most,
    month,
    validatedAt: at,
    ...worth,
  };
  const [validation] = await Promise.all([
    insertValidation(tx, given),
    appendEvent(tx, {
      type: 'ticket.validated',
      subject: { type: 'Ticket', id: ticketId },
      locationId,
      occurredAt: at,
      data: {
        ticketId,
        locationId,
        validationId: id,
        merchantId,
        merchantName: name,
        kind: worth.kind,
        value: worth.kind === 'AMOUNT' ? toDecimal(worth.value, currencyCode) : String(worth.value),
      },
    }),
  ]);
  return validation;
}

function worthOf(
  { percent, amount, freeMinutes }: ValidateTicketInput['discount'],
  currencyCode: string,
): ValidationWorth {
  const given: ValidationWorth[] = [
    ...(percent == null ? [] : [{ kind: 'PERCENT' as const, value: Number(percent) }]),
    ...(amount == null
      ? []
      : [{ kind: 'AMOUNT' as const, value: fromDecimal(amount, currencyCode, 'discount.amount') }]),
    ...(freeMinutes == null ? [] : [{ kind: 'FREE_TIME' as const, value: freeMinutes }]),
  ];
  const [worth] = given;
  if (!worth || given.length > 1) {
    throw badUserInput('discount', 'Give one of percent, amount and freeMinutes.');
  }
  const { kind, value } = worth;
  if (!(value > 0)) throw badUserInput(FIELD[kind], 'A discount is more than nothing.');
  if (kind === 'PERCENT' && value > 100) throw badUserInput(FIELD[kind], 'At most 100.');
  if (kind === 'PERCENT' && !/^\d{1,3}(\.\d{1,3})?$/.test(percent ?? '')) {
    throw badUserInput(FIELD[kind], 'A percentage has at most three decimals.');
  }
  if (kind === 'FREE_TIME' && value > 525_600) throw badUserInput(FIELD[kind], 'At most a year.');
  return worth;
}

const FIELD: Record<ValidationWorth['kind'], string> = {
  PERCENT: 'discount.percent',
  AMOUNT: 'discount.amount',
  FREE_TIME: 'discount.freeMinutes',
};
